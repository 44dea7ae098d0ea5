"""Grants: which client may receive what of this agency's events."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, idempotent, page, page_of, principal, problems, work
from notification.domain.grants import Topology, topology_of
from notification.http.access import CLIENT_AND_OFFICERS, GRANTERS, OWN_OR_OFFICER, before_of, next_of, outside
from notification.http.schemas import EventTypesOut, GrantIn, GrantOut, RevokeIn, TopologyOut
from notification.use_cases.grants import GiveGrant, give_grant, list_grants, read_grant, revoke_grant
from notification.use_cases.list_event_types import list_event_types

blp = ServiceBlueprint("grants", url_prefix="/api/v1/notification", description="Permissions of subscribers")


@blp.route("/event-types", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS)
@blp.response(200, EventTypesOut)
def get_event_types() -> dict[str, Any]:
    """The types of event that may leave; internal ones are not among them."""
    return {"items": list_event_types(work())}


@blp.route("/grants", methods=["POST"])
@allow(*GRANTERS)
@idempotent
@blp.arguments(GrantIn)
@blp.response(201, GrantOut)
def post_grant(body: dict[str, Any]) -> Any:
    """Give a client its grant; an earlier one of the same client ends."""
    return give_grant(work(), principal(), GiveGrant(**body))


@blp.route("/grants", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(GrantOut))
def get_grants(args: dict[str, Any]) -> dict[str, Any]:
    """Grants, newest first, ended ones too."""
    found = list_grants(work(), principal(), before=before_of(args["cursor"]), limit=args["limit"])
    return page(found, next_of(found, args["limit"], found[-1].grant_id if found else None))


@blp.route("/grants/<uuid:grant_id>", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404)
@blp.response(200, GrantOut)
def get_grant(grant_id: UUID) -> Any:
    """One grant."""
    return read_grant(work(), principal(), grant_id)


@blp.route("/grants/<uuid:grant_id>/revoke", methods=["POST"])
@allow(*GRANTERS)
@problems(404, 409)
@blp.arguments(RevokeIn)
@blp.response(200, GrantOut)
def post_revoke(body: dict[str, Any], grant_id: UUID) -> Any:
    """Take a grant back; feed and webhooks of the client stop at once."""
    return revoke_grant(work(), principal(), grant_id, body["reason"])


@blp.route("/grants/<uuid:grant_id>/topology", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404)
@blp.response(200, TopologyOut)
def get_topology(grant_id: UUID) -> Topology:
    """Queue, bindings and permissions of a direct AMQP reader with this grant."""
    row = read_grant(work(), principal(), grant_id)
    return topology_of(row.agency_id, str(row.client_id), row.event_types, outside().exchange)
