"""The routes /api/v1/<service>/audit/…: the ends of the audit chains, and whether they hold; never their content."""

from typing import Any

from chassis.audit import ChainHead, ChainSegment
from chassis.auth import allow
from chassis.http import principal, work
from chassis.pagination import Items
from operations import audit_chain
from operations.blueprint import OPERATOR, operations_blueprint
from operations.schemas import SegmentQuery


@operations_blueprint.route("/audit/heads", methods=["GET"])
@allow(OPERATOR)
@operations_blueprint.response(200, Items[ChainHead])
def list_audit_heads() -> Items[ChainHead]:
    """The newest sealed row of each agency: stored elsewhere, it proves later whether the trail was cut off."""
    return audit_chain.list_chain_heads(work(), principal())


@operations_blueprint.route("/audit/verify", methods=["GET"])
@allow(OPERATOR)
@operations_blueprint.arguments(SegmentQuery, location="query")
@operations_blueprint.response(200, ChainSegment)
def verify_audit_segment(query: dict[str, Any]) -> ChainSegment:
    """Whether a segment of one agency's audit chain is as it was sealed."""
    return audit_chain.verify_chain_segment(work(), principal(), **query)
