"""Subscriptions: where events are sent, and what became of them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import (
    UNSTORED,
    PageQuery,
    ServiceBlueprint,
    etag,
    expected_version,
    idempotent,
    not_idempotent,
    principal,
    problems,
    with_etag,
    work,
)
from chassis.pagination import Page
from notification.domain.delivery import Delivery, PingView
from notification.domain.subscription import (
    ChangeSubscription,
    NewSecretView,
    OpenedSubscriptionView,
    OpenSubscription,
    StandingView,
    SubscriptionView,
)
from notification.http import subscriptions_schemas as schemas
from notification.http.access import CALLED_ANEW, CLIENT, CLIENT_AND_OFFICERS, PREFIX, Relation, outbound
from notification.use_cases.deliveries.read import ListDeliveries, list_deliveries
from notification.use_cases.deliveries.retry import retry_delivery
from notification.use_cases.subscriptions import change, close, pause, ping, read, replay, resume, rotate_secret
from notification.use_cases.subscriptions.open import open_subscription

blp = ServiceBlueprint(
    "subscriptions", url_prefix=f"{PREFIX}/subscriptions", description="Signed webhooks of subscribers"
)


@blp.route("", methods=["POST"])
@allow(*CLIENT, relation=Relation.UNDER_GRANT)
@not_idempotent(reason=UNSTORED)
@problems(409)
@blp.arguments(schemas.SubscribeIn)
@blp.response(201, OpenedSubscriptionView)
def post_subscription(body: dict[str, Any]) -> OpenedSubscriptionView:
    """Subscribe an address; the signing secret is shown in this answer only."""
    opened = open_subscription(work(), principal(), OpenSubscription(**body), outbound())
    etag(opened.subscription.version)
    return opened


@blp.route("", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[SubscriptionView])
def get_subscriptions(query: dict[str, Any]) -> Page[SubscriptionView]:
    """Subscriptions, newest first."""
    return read.list_subscriptions(work(), principal(), **query)


@blp.route("/<uuid:subscription_id>", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@problems(404)
@blp.response(200, StandingView)
def get_subscription(subscription_id: UUID) -> StandingView:
    """One subscription: its place in the feed and its deliveries by state."""
    standing = read.show_subscription(work(), principal(), subscription_id)
    etag(standing.subscription.version)
    return standing


@blp.route("/<uuid:subscription_id>", methods=["PATCH"])
@allow(*CLIENT, relation=Relation.OWN)
@problems(404, 409, 412, 428)
@blp.arguments(schemas.SubscriptionPatch)
@blp.response(200, SubscriptionView)
def patch_subscription(body: dict[str, Any], subscription_id: UUID) -> SubscriptionView:
    """Change address, types or contact (If-Match)."""
    command = ChangeSubscription(subscription_id, expected_version(), **body)
    return with_etag(change.change_subscription(work(), principal(), command, outbound()))


@blp.route("/<uuid:subscription_id>", methods=["DELETE"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@problems(404)
@blp.response(204)
def delete_subscription(subscription_id: UUID) -> None:
    """End a subscription for good; its log stays."""
    close.close_subscription(work(), principal(), subscription_id)


@blp.route("/<uuid:subscription_id>/pause", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@idempotent
@problems(404, 409)
@blp.response(200, SubscriptionView)
def post_pause(subscription_id: UUID) -> SubscriptionView:
    """Deliver nothing until resumed; the place in the feed is kept."""
    return with_etag(pause.pause_subscription(work(), principal(), subscription_id))


@blp.route("/<uuid:subscription_id>/resume", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@idempotent
@problems(404, 409)
@blp.response(200, SubscriptionView)
def post_resume(subscription_id: UUID) -> SubscriptionView:
    """Go on where it stopped."""
    return with_etag(resume.resume_subscription(work(), principal(), subscription_id))


@blp.route("/<uuid:subscription_id>/rotate-secret", methods=["POST"])
@allow(*CLIENT, relation=Relation.OWN)
@not_idempotent(reason=UNSTORED)
@problems(404, 409)
@blp.arguments(schemas.RotateIn)
@blp.response(200, NewSecretView)
def post_rotate(body: dict[str, Any], subscription_id: UUID) -> NewSecretView:
    """Make a new secret, shown in this answer only; calls are signed with both until the overlap is over."""
    overlap = timedelta(hours=body["overlap_hours"])
    return rotate_secret.rotate_secret(work(), principal(), subscription_id, overlap=overlap, box=outbound().box)


@blp.route("/<uuid:subscription_id>/ping", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@not_idempotent(reason=CALLED_ANEW)
@problems(404, 409)
@blp.response(200, PingView)
def post_ping(subscription_id: UUID) -> PingView:
    """Call the address with a signed test event and say what it answered."""
    return ping.ping_subscription(work(), principal(), subscription_id, outbound())


@blp.route("/<uuid:subscription_id>/replay", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@idempotent
@problems(404, 409)
@blp.arguments(schemas.ReplaySinceIn)
@blp.response(200, SubscriptionView)
def post_replay(body: dict[str, Any], subscription_id: UUID) -> SubscriptionView:
    """Send everything since a day again, under the same event ids."""
    return with_etag(replay.replay_subscription(work(), principal(), subscription_id, **body))


@blp.route("/<uuid:subscription_id>/deliveries", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@problems(404)
@blp.arguments(schemas.DeliveriesQuery, location="query")
@blp.response(200, Page[Delivery])
def get_deliveries(query: dict[str, Any], subscription_id: UUID) -> Page[Delivery]:
    """The delivery log, newest first, with every call that failed."""
    return list_deliveries(work(), principal(), ListDeliveries(subscription_id, **query))


@blp.route("/<uuid:subscription_id>/deliveries/<uuid:delivery_id>/retry", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=Relation.OWN_OR_OFFICER)
@idempotent
@problems(404, 409)
@blp.response(200, Delivery)
def post_delivery_retry(subscription_id: UUID, delivery_id: UUID) -> Delivery:
    """Send one delivery again that was given up."""
    return retry_delivery(work(), principal(), subscription_id, delivery_id)
