"""The audit trail seen by an operator: where each agency's chain ends, and whether it holds. Never what it says."""

from dataclasses import asdict
from typing import Any

import marshmallow as ma

from chassis.audit import BATCH, heads, walk
from chassis.auth import allow
from chassis.http.blueprint import ServiceBlueprint, principal, work
from chassis.http.schema import Schema


class HeadOut(Schema):
    agency_id = ma.fields.String(required=True)
    chain = ma.fields.Integer(required=True, metadata={"description": "how many rows are chained"})
    hash = ma.fields.String(required=True, metadata={"description": "of the newest of them"})
    recorded_at = ma.fields.DateTime(required=True)


class Heads(Schema):
    items = ma.fields.List(ma.fields.Nested(HeadOut), required=True)


class WalkArgs(Schema):
    agency = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    after = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0, 2**62))
    limit = ma.fields.Integer(load_default=BATCH, validate=ma.validate.Range(1, BATCH))


class StretchOut(Schema):
    chain = ma.fields.Integer(required=True, metadata={"description": "up to here it holds"})
    hash = ma.fields.String(required=True, metadata={"description": "of that row"})
    broken = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "the first that does not"})
    is_end = ma.fields.Boolean(required=True)


def add_audit_routes(blueprint: ServiceBlueprint) -> None:
    @blueprint.route("/audit", methods=["GET"])
    @allow("operator")
    @blueprint.response(200, Heads)
    def list_audit_heads() -> dict[str, Any]:
        """Where each agency's audit trail ends: keep this elsewhere, and a trail that is cut off later can be shown."""
        with work().transaction(principal().agency_id) as tx:
            return {"items": [asdict(head) for head in heads(tx.session)]}

    @blueprint.route("/audit/walk", methods=["GET"])
    @allow("operator")
    @blueprint.arguments(WalkArgs, location="query")
    @blueprint.response(200, StretchOut)
    def walk_audit_trail(args: dict[str, Any]) -> dict[str, Any]:
        """Whether a stretch of one agency's audit trail is as it was sealed."""
        with work().transaction(principal().agency_id) as tx:
            return asdict(walk(tx.session, args["agency"], args["after"], args["limit"]))
