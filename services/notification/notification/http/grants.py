"""Grants: which client may receive what of this agency's events."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Items, Page
from notification.domain.event_type import EventTypeView, SubscriberView
from notification.domain.grant import GiveGrant, GrantView, TopologyView
from notification.http.access import CLIENT_AND_OFFICERS, GRANTERS, PREFIX, Relation, outbound
from notification.http.grants_schemas import GrantIn, RevokeIn, SubscribersQuery
from notification.use_cases.event_types.read import list_event_types, list_subscribers
from notification.use_cases.grants.give import give_grant
from notification.use_cases.grants.read import list_grants, show_grant, show_topology
from notification.use_cases.grants.revoke import revoke_grant

blp = ServiceBlueprint("grants", url_prefix=PREFIX, description="Permissions of subscribers")


@blp.route("/event-types", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS)
@blp.response(200, Items[EventTypeView])
def get_event_types() -> Items[EventTypeView]:
    """The types of event that may leave, and which of them end; internal ones are not among them."""
    return list_event_types(work())


@blp.route("/event-types/<name>/subscribers", methods=["GET"])
@allow(*GRANTERS)
@problems(404)
@blp.arguments(SubscribersQuery, location="query")
@blp.response(200, Items[SubscriberView])
def get_subscribers(query: dict[str, Any], name: str) -> Items[SubscriberView]:
    """Who takes a type in this agency, by which grant and at which addresses."""
    return list_subscribers(work(), principal(), name, **query)


@blp.route("/grants", methods=["POST"])
@allow(*GRANTERS)
@idempotent
@blp.arguments(GrantIn)
@blp.response(201, GrantView)
def post_grant(body: dict[str, Any]) -> GrantView:
    """Give a client its grant; an earlier one of the same client ends."""
    return give_grant(work(), principal(), GiveGrant(**body))


@blp.route("/grants", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[GrantView])
def get_grants(query: dict[str, Any]) -> Page[GrantView]:
    """Grants, newest first, ended ones too."""
    return list_grants(work(), principal(), **query)


@blp.route("/grants/<uuid:grant_id>", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@problems(404)
@blp.response(200, GrantView)
def get_grant(grant_id: UUID) -> GrantView:
    """One grant."""
    return show_grant(work(), principal(), grant_id)


@blp.route("/grants/<uuid:grant_id>/revoke", methods=["POST"])
@allow(*GRANTERS)
@idempotent
@problems(404, 409)
@blp.arguments(RevokeIn)
@blp.response(200, GrantView)
def post_revoke(body: dict[str, Any], grant_id: UUID) -> GrantView:
    """Take a grant back; feed and webhooks of the client stop at once."""
    return revoke_grant(work(), principal(), grant_id, **body)


@blp.route("/grants/<uuid:grant_id>/topology", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@problems(404)
@blp.response(200, TopologyView)
def get_topology(grant_id: UUID) -> TopologyView:
    """Queue, bindings and permissions of a direct AMQP reader with this grant."""
    return show_topology(work(), principal(), grant_id, exchange=outbound().exchange)
