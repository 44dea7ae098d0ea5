"""Subscriptions: where events are sent, and what became of them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, etag, page, page_of, principal, problems, work
from chassis.http.etag import expected_version
from notification.domain.retries import HTTP_OK
from notification.http.access import CLIENT, CLIENT_AND_OFFICERS, OWN_OR_OFFICER, before_of, next_of, outside
from notification.http.schemas import (
    DeliveryArgs,
    DeliveryOut,
    OpenedOut,
    PingOut,
    ReplaySinceIn,
    RotatedOut,
    RotateIn,
    StandingOut,
    SubscribeIn,
    SubscriptionOut,
    SubscriptionPatch,
)
from notification.use_cases import change_subscription as change
from notification.use_cases.delivery_log import list_deliveries, retry_delivery
from notification.use_cases.find_subscription import list_subscriptions, read_subscription
from notification.use_cases.ping_subscription import ping_subscription
from notification.use_cases.subscribe import Subscribe, subscribe
from notification.use_cases.views import DeliveryView, SubscriptionView

blp = ServiceBlueprint(
    "subscriptions", url_prefix="/api/v1/notification/subscriptions", description="Signed webhooks of subscribers"
)
OWN = "the client's own"


def _tagged(row: SubscriptionView) -> SubscriptionView:
    etag(row.version)
    return row


@blp.route("", methods=["POST"])
@allow(*CLIENT, relation="under a grant of the agency")
@problems(409)
@blp.arguments(SubscribeIn)
@blp.response(201, OpenedOut)
def post_subscription(body: dict[str, Any]) -> dict[str, Any]:
    """Subscribe an address; the signing secret is shown in this answer only."""
    opened = subscribe(work(), principal(), Subscribe(**body), outside())
    return {"subscription": _tagged(opened.subscription), "secret": opened.secret}


@blp.route("", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(SubscriptionOut))
def get_subscriptions(args: dict[str, Any]) -> dict[str, Any]:
    """Subscriptions, newest first."""
    found = list_subscriptions(work(), principal(), before=before_of(args["cursor"]), limit=args["limit"])
    return page(found, next_of(found, args["limit"], found[-1].subscription_id if found else None))


@blp.route("/<uuid:subscription_id>", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404)
@blp.response(200, StandingOut)
def get_subscription(subscription_id: UUID) -> Any:
    """One subscription: its place in the feed and its deliveries by state."""
    standing = read_subscription(work(), principal(), subscription_id)
    etag(standing.subscription.version)
    return standing


@blp.route("/<uuid:subscription_id>", methods=["PATCH"])
@allow(*CLIENT, relation=OWN)
@problems(404, 409, 412, 428)
@blp.arguments(SubscriptionPatch)
@blp.response(200, SubscriptionOut)
def patch_subscription(body: dict[str, Any], subscription_id: UUID) -> Any:
    """Change address, types or contact (If-Match)."""
    return _tagged(
        change.change_subscription(work(), principal(), subscription_id, expected_version(), body, outside())
    )


@blp.route("/<uuid:subscription_id>", methods=["DELETE"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404)
@blp.response(204)
def delete_subscription(subscription_id: UUID) -> None:
    """End a subscription for good; its log stays."""
    change.close_subscription(work(), principal(), subscription_id)


@blp.route("/<uuid:subscription_id>/pause", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404, 409)
@blp.response(200, SubscriptionOut)
def post_pause(subscription_id: UUID) -> Any:
    """Deliver nothing until resumed; the place in the feed is kept."""
    return _tagged(change.pause_subscription(work(), principal(), subscription_id))


@blp.route("/<uuid:subscription_id>/resume", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404, 409)
@blp.response(200, SubscriptionOut)
def post_resume(subscription_id: UUID) -> Any:
    """Go on where it stopped."""
    return _tagged(change.resume_subscription(work(), principal(), subscription_id))


@blp.route("/<uuid:subscription_id>/rotate-secret", methods=["POST"])
@allow(*CLIENT, relation=OWN)
@problems(404, 409)
@blp.arguments(RotateIn)
@blp.response(200, RotatedOut)
def post_rotate(body: dict[str, Any], subscription_id: UUID) -> Any:
    """Make a new secret, shown in this answer only; calls are signed with both until the overlap is over."""
    overlap = timedelta(hours=body["overlap_hours"])
    return change.rotate_secret(work(), principal(), subscription_id, overlap, outside())


@blp.route("/<uuid:subscription_id>/ping", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404, 409)
@blp.response(200, PingOut)
def post_ping(subscription_id: UUID) -> dict[str, Any]:
    """Call the address with a signed test event and say what it answered."""
    reply = ping_subscription(work(), principal(), subscription_id, outside())
    return {
        "ok": reply.status is not None and reply.status in HTTP_OK,
        "status": reply.status,
        "error": reply.error,
        "duration_ms": reply.duration_ms,
    }


@blp.route("/<uuid:subscription_id>/replay", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404, 409)
@blp.arguments(ReplaySinceIn)
@blp.response(200, SubscriptionOut)
def post_replay(body: dict[str, Any], subscription_id: UUID) -> Any:
    """Send everything since a day again, under the same event ids."""
    return _tagged(change.replay_subscription(work(), principal(), subscription_id, body["since"]))


@blp.route("/<uuid:subscription_id>/deliveries", methods=["GET"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404)
@blp.arguments(DeliveryArgs, location="query")
@blp.response(200, page_of(DeliveryOut))
def get_deliveries(args: dict[str, Any], subscription_id: UUID) -> dict[str, Any]:
    """The delivery log, newest first, with every call that failed."""
    found = list_deliveries(
        work(), principal(), subscription_id,
        state=args["state"], before=before_of(args["cursor"]), limit=args["limit"],
    )  # fmt: skip
    last = found[-1].delivery_id if found else None
    return page(found, next_of(found, args["limit"], last))


@blp.route("/<uuid:subscription_id>/deliveries/<uuid:delivery_id>/retry", methods=["POST"])
@allow(*CLIENT_AND_OFFICERS, relation=OWN_OR_OFFICER)
@problems(404, 409)
@blp.response(200, DeliveryOut)
def post_delivery_retry(subscription_id: UUID, delivery_id: UUID) -> DeliveryView:
    """Send one delivery again that was given up."""
    return retry_delivery(work(), principal(), subscription_id, delivery_id)
