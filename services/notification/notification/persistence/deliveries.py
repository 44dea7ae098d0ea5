"""Deliveries to subscribers: what is due, what came of it, and the log."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, insert, select, text, update

from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import among, columns_of, fetch_all, keyset, table_of, values_of
from chassis.unit_of_work import Transaction
from notification.domain.delivery import AttemptView, Call, Delivery, DeliveryState, FailedCall, Outgoing, Waiting
from notification.domain.subscription import Subscription
from notification.persistence import feed
from notification.persistence.models import FeedEvent, WebhookAttempt, WebhookDelivery

# How many unfinished deliveries a subscription may have; what comes later waits in the feed.
BACKLOG = 2000

_DELIVERIES, _ATTEMPTS = table_of(WebhookDelivery), table_of(WebhookAttempt)
_COLUMNS = columns_of(WebhookDelivery, Delivery)
# Set-building: one statement lines up as many deliveries as there is room for.
_FAN_OUT = text(
    "INSERT INTO webhook_deliveries "
    "(delivery_id, agency_id, subscription_id, run, position, event_id, kind, subject, state, next_attempt_at) "
    "SELECT n.delivery_id, :agency, :subscription, :run, n.position, n.event_id, n.kind, n.subject, 'PENDING', "
    "  clock_timestamp() "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:positions AS bigint[]), CAST(:events AS uuid[]), CAST(:kinds AS text[]), "
    "  CAST(:subjects AS text[])) AS n (delivery_id, position, event_id, kind, subject) "
    "ON CONFLICT DO NOTHING"
)
# Set-building: the outcomes of a batch in one statement.
_DELIVERED = text(
    "UPDATE webhook_deliveries d SET state = 'DELIVERED', attempts = d.attempts + 1, next_attempt_at = NULL, "
    "  error = NULL, endpoint_failure = false, status = r.status, duration_ms = r.ms, finished_at = clock_timestamp() "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:statuses AS integer[]), CAST(:ms AS integer[])) AS r (id, status, ms) "
    "WHERE d.delivery_id = r.id AND d.state = 'PENDING'"
)


def _is_pending(subscription_id: UUID) -> ColumnElement[bool]:
    row = _DELIVERIES.c
    return (row.subscription_id == subscription_id) & (row.state == DeliveryState.PENDING)


def line_up(tx: Transaction, subscription: Subscription, kinds: Sequence[str]) -> int:
    """Line up what came into the feed since; return the place up to which that is done."""
    pending = select(func.count()).where(_is_pending(subscription.subscription_id))
    room = BACKLOG - tx.session.execute(pending).scalar_one()
    end = feed.head(tx)
    if room <= 0 or end <= subscription.position:
        return subscription.position
    placed = feed.read(
        tx, after=subscription.position, up_to=end, kinds=kinds, since=subscription.data_from, limit=room
    )
    if placed:
        parameters = {
            "agency": tx.agency_id, "subscription": subscription.subscription_id, "run": subscription.run,
            "ids": [new_id() for _ in placed], "positions": [one.position for one in placed],
            "events": [one.event_id for one in placed], "kinds": [one.kind for one in placed],
            "subjects": [one.subject for one in placed],
        }  # fmt: skip
        tx.session.execute(_FAN_OUT, parameters)
    return placed[-1].position if len(placed) == room else end


def list_waiting(tx: Transaction, subscription_id: UUID) -> list[Waiting]:
    """Return the unfinished deliveries of a subscription, in order of position."""
    due = (WebhookDelivery.next_attempt_at <= func.clock_timestamp()).label("is_due")
    query = (
        select(WebhookDelivery.position, WebhookDelivery.subject, due)
        .where(_is_pending(subscription_id))
        .order_by(WebhookDelivery.position)
        .limit(BACKLOG)
    )
    return fetch_all(tx, query, Waiting)


def outgoing(tx: Transaction, subscription_id: UUID, positions: Sequence[int]) -> Mapping[int, Outgoing]:
    """Return what goes out, by position."""
    query = (
        select(WebhookDelivery.position, *columns_of(WebhookDelivery, Outgoing), FeedEvent.body)
        .join(
            FeedEvent,
            (FeedEvent.agency_id == WebhookDelivery.agency_id) & (FeedEvent.event_id == WebhookDelivery.event_id),
        )
        .where(_is_pending(subscription_id), among(WebhookDelivery.position, positions))
    )
    return {row.position: Outgoing(*row[1:]) for row in tx.session.execute(query)}


def save_delivered(tx: Transaction, calls: Sequence[Call]) -> None:
    if calls:
        parameters = {
            "ids": [call.sent.delivery_id for call in calls],
            "statuses": [call.reply.status for call in calls],
            "ms": [call.reply.duration_ms for call in calls],
        }
        tx.session.execute(_DELIVERED, parameters)


def save_failed(tx: Transaction, failed: Sequence[FailedCall], at: datetime) -> None:
    """Save failed calls and log each of them; a delivery that was cancelled meanwhile stays so."""
    if not failed:
        return
    row = _DELIVERIES.c
    is_pending = (row.delivery_id == bindparam("of_delivery")) & (row.state == DeliveryState.PENDING)
    changes = [{**values_of(WebhookDelivery, one), "of_delivery": one.delivery_id} for one in failed]
    tx.session.execute(update(_DELIVERIES).where(is_pending), changes)
    attempts = [
        {
            "attempt_id": new_id(), "agency_id": tx.agency_id, "delivery_id": one.delivery_id, "number": one.attempts,
            "at": at, "status": one.status, "error": one.error, "duration_ms": one.duration_ms,
        }
        for one in failed
    ]  # fmt: skip
    tx.session.execute(insert(_ATTEMPTS), attempts)


def hurry(tx: Transaction, subscription_id: UUID, *, endpoint_failures_only: bool) -> None:
    """Make waiting deliveries due now."""
    query = update(_DELIVERIES).where(_is_pending(subscription_id))
    if endpoint_failures_only:
        query = query.where(_DELIVERIES.c.endpoint_failure)
    tx.session.execute(query.values(next_attempt_at=func.clock_timestamp()))


def cancel_pending(tx: Transaction, subscription_id: UUID) -> list[int]:
    """End unfinished deliveries; return their positions."""
    query = (
        update(_DELIVERIES)
        .where(_is_pending(subscription_id))
        .values(state=DeliveryState.CANCELLED, next_attempt_at=None, finished_at=func.clock_timestamp())
        .returning(_DELIVERIES.c.position)
    )
    return list(tx.session.execute(query).scalars())


def next_due(tx: Transaction, subscription_id: UUID) -> datetime | None:
    """Return when the next unfinished delivery is due, or None."""
    query = select(func.min(_DELIVERIES.c.next_attempt_at)).where(_is_pending(subscription_id))
    found: datetime | None = tx.session.execute(query).scalar_one()
    return found


def count_by_state(tx: Transaction, subscription_id: UUID) -> dict[str, int]:
    query = (
        select(WebhookDelivery.state, func.count())
        .where(WebhookDelivery.subscription_id == subscription_id)
        .group_by(WebhookDelivery.state)
    )
    return {row[0]: row[1] for row in tx.session.execute(query)}


def list_deliveries(
    tx: Transaction, subscription_id: UUID, page: PageRequest, *, state: DeliveryState | None
) -> Page[Delivery]:
    """Return deliveries with the calls that failed, newest first."""
    query = select(*_COLUMNS).where(WebhookDelivery.subscription_id == subscription_id)
    if state is not None:
        query = query.where(WebhookDelivery.state == state)
    found = fetch_all(tx, keyset(query, page, WebhookDelivery.delivery_id, descending=True), Delivery)
    return page_of(_with_failures(tx, found), page, lambda delivery: delivery.delivery_id)


def lock_delivery(tx: Transaction, subscription_id: UUID, delivery_id: UUID) -> Delivery:
    """Return a delivery of a subscription, locked. Raise NotFound."""
    query = select(*_COLUMNS).where(
        WebhookDelivery.delivery_id == delivery_id, WebhookDelivery.subscription_id == subscription_id
    )
    found = fetch_all(tx, query.with_for_update(), Delivery)
    if not found:
        raise NotFound(object="pengiriman", id=delivery_id)
    return _with_failures(tx, found)[0]


def _with_failures(tx: Transaction, found: Sequence[Delivery]) -> list[Delivery]:
    ids = [delivery.delivery_id for delivery in found]
    query = select(WebhookAttempt.delivery_id, *columns_of(WebhookAttempt, AttemptView))
    query = query.where(among(WebhookAttempt.delivery_id, ids)).order_by(WebhookAttempt.attempt_id)
    failures: dict[UUID, list[AttemptView]] = defaultdict(list)
    for delivery_id, *call in tx.session.execute(query):
        failures[delivery_id].append(AttemptView(*call))
    return [replace(delivery, failures=tuple(failures[delivery.delivery_id])) for delivery in found]


def save_retry(tx: Transaction, delivery: Delivery) -> None:
    changes = values_of(WebhookDelivery, delivery)
    tx.session.execute(update(_DELIVERIES).where(_DELIVERIES.c.delivery_id == delivery.delivery_id).values(changes))
