"""Change a subscription: its address, types and contact, its state, its secret, its place in the feed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.domain.errors import UrlTaken
from notification.domain.grants import Channel, check_start, narrow
from notification.persistence import deliveries, feed, subscriptions, webhook_queue
from notification.persistence.sealing import new_secret
from notification.use_cases.find_subscription import check_state, check_version, own_subscription
from notification.use_cases.grants import active_grant
from notification.use_cases.outside import Outside
from notification.use_cases.subscribe import check_url, first_moment
from notification.use_cases.views import SubscriptionView


@dataclass(frozen=True)
class Rotated:
    secret: str
    previous_expires_at: datetime | None


def change_subscription(
    work: UnitOfWork, actor: Principal, subscription_id: UUID, version: int | None, changes: dict[str, Any],
    outside: Outside,
) -> SubscriptionView:  # fmt: skip
    """What is lined up already goes to the new address; new types hold from the present place on."""
    if "url" in changes:
        check_url(changes["url"], outside)
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id, lock=True)
        check_version(row.version, version)
        check_state(row, "ACTIVE", "PAUSED", "DISABLED")
        grant = active_grant(tx, row.client_id, Channel.WEBHOOK)
        if "event_types" in changes:
            row.event_types = narrow(changes["event_types"], grant.event_types)
        if "url" in changes:
            if subscriptions.url_is_taken(tx, row.client_id, changes["url"], besides=subscription_id):
                raise UrlTaken
            row.url = changes["url"]
        if "contact_email" in changes:
            row.contact_email = changes["contact_email"]
        row.version += 1
        if row.state == "ACTIVE":
            webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "change_subscription", "subscription", subscription_id, changed=sorted(changes))
        return SubscriptionView.of(row)


def pause_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> SubscriptionView:
    """Deliver nothing until resumed; the place in the feed is kept."""
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id, lock=True)
        check_state(row, "ACTIVE")
        row.state, row.state_reason = "PAUSED", None
        row.version += 1
        webhook_queue.drop(tx, subscription_id)
        audit.record(tx, actor, "pause_subscription", "subscription", subscription_id)
        return SubscriptionView.of(row)


def resume_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> SubscriptionView:
    """Go on where it stopped, after a pause or after it was disabled; what waits is due at once."""
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id, lock=True)
        check_state(row, "PAUSED", "DISABLED")
        active_grant(tx, row.client_id, Channel.WEBHOOK)
        row.state, row.state_reason, row.failing_since, row.consecutive_failures = "ACTIVE", None, None, 0
        row.version += 1
        deliveries.hurry(tx, subscription_id, endpoint_failures_only=False)
        webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "resume_subscription", "subscription", subscription_id)
        return SubscriptionView.of(row)


def close_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> None:
    """End a subscription for good; its log stays."""
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id, lock=True)
        if row.state == "CLOSED":
            return
        row.state, row.state_reason = "CLOSED", None
        row.version += 1
        deliveries.cancel_pending(tx, subscription_id)
        webhook_queue.drop(tx, subscription_id)
        audit.record(tx, actor, "close_subscription", "subscription", subscription_id)


def rotate_secret(
    work: UnitOfWork, actor: Principal, subscription_id: UUID, overlap: timedelta, outside: Outside
) -> Rotated:
    """Make a new secret; calls are signed with both until the overlap is over."""
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id, lock=True)
        check_state(row, "ACTIVE", "PAUSED", "DISABLED")
        secret = new_secret()
        ends = subscriptions.add_secret(tx, subscription_id, outside.box.seal(secret), overlap)
        audit.record(tx, actor, "rotate_secret", "subscription", subscription_id)
        return Rotated(secret, ends)


def replay_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID, day: date) -> SubscriptionView:
    """Send everything since a day again, under the same event ids; nothing unfinished is skipped by it."""
    with work.transaction(actor.agency_id) as tx:
        row = own_subscription(tx, actor, subscription_id, lock=True)
        check_state(row, "ACTIVE", "PAUSED")
        check_start(day, active_grant(tx, row.client_id, Channel.WEBHOOK).data_from)
        moment = first_moment(tx, day)
        oldest = deliveries.cancel_pending(tx, subscription_id)
        places = [feed.position_before(tx, moment), row.position]
        if oldest is not None:
            places.append(oldest - 1)
        row.position, row.run = min(places), row.run + 1
        row.data_from = min(row.data_from, moment) if row.data_from else None
        row.version += 1
        if row.state == "ACTIVE":
            webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "replay_subscription", "subscription", subscription_id, since=day)
        return SubscriptionView.of(row)
