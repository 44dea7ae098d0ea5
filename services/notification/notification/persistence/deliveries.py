"""Deliveries to subscribers: what is due, what came of it, and the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, text, update

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.domain.feed import Waiting
from notification.persistence import feed
from notification.persistence.models import FeedEvent, SubscriptionRow, WebhookAttempt, WebhookDelivery

# How many unfinished deliveries a subscription may have; what comes later waits in the feed.
BACKLOG = 2000

_FAN_OUT = text(
    "INSERT INTO webhook_deliveries "
    "(delivery_id, agency_id, subscription_id, run, position, event_id, kind, subject, state, next_attempt_at) "
    "SELECT n.delivery_id, :agency, :subscription, :run, n.position, n.event_id, n.kind, n.subject, 'PENDING', "
    "  clock_timestamp() "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:positions AS bigint[]), CAST(:events AS uuid[]), CAST(:kinds AS text[]), "
    "  CAST(:subjects AS text[])) AS n (delivery_id, position, event_id, kind, subject) "
    "ON CONFLICT DO NOTHING"
)
_DELIVERED = text(
    "UPDATE webhook_deliveries d SET state = 'DELIVERED', attempts = d.attempts + 1, next_attempt_at = NULL, "
    "  error = NULL, endpoint_failure = false, status = r.status, duration_ms = r.ms, finished_at = clock_timestamp() "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:statuses AS integer[]), CAST(:ms AS integer[])) AS r (id, status, ms) "
    "WHERE d.delivery_id = r.id AND d.state = 'PENDING'"
)


@dataclass(frozen=True)
class Outgoing:
    delivery_id: UUID
    event_id: UUID
    subject: str
    attempts: int
    body: str


@dataclass(frozen=True)
class Failure:
    delivery_id: UUID
    attempts: int
    at: datetime
    status: int | None
    error: str
    duration_ms: int
    next_attempt_at: datetime | None
    endpoint_failure: bool


def refill(tx: Transaction, subscription: SubscriptionRow, kinds: Sequence[str]) -> bool:
    """Line up what came into the feed since; True when the feed has more than there is room for."""
    pending = select(func.count()).where(
        WebhookDelivery.subscription_id == subscription.subscription_id, WebhookDelivery.state == "PENDING"
    )
    room = BACKLOG - tx.session.execute(pending).scalar_one()
    end = feed.head(tx)
    if room <= 0 or end <= subscription.position:
        return end > subscription.position
    placed = feed.read(
        tx, after=subscription.position, up_to=end, kinds=kinds, since=subscription.data_from, limit=room
    )
    if placed:
        parameters = {
            "agency": tx.agency_id,
            "subscription": subscription.subscription_id,
            "run": subscription.run,
            "ids": [new_id() for _ in placed],
            "positions": [one.position for one in placed],
            "events": [one.event_id for one in placed],
            "kinds": [one.kind for one in placed],
            "subjects": [one.subject for one in placed],
        }
        tx.session.execute(_FAN_OUT, parameters)
    is_full = len(placed) == room
    subscription.position = placed[-1].position if is_full else end
    return is_full


def waiting(tx: Transaction, subscription_id: UUID) -> list[Waiting]:
    due = (WebhookDelivery.next_attempt_at <= func.clock_timestamp()).label("due")
    query = (
        select(WebhookDelivery.position, WebhookDelivery.subject, due)
        .where(WebhookDelivery.subscription_id == subscription_id, WebhookDelivery.state == "PENDING")
        .order_by(WebhookDelivery.position)
        .limit(BACKLOG)
    )
    return [Waiting(row.position, row.subject, row.due) for row in tx.session.execute(query)]


def outgoing(tx: Transaction, subscription_id: UUID, positions: Sequence[int]) -> dict[int, Outgoing]:
    query = (
        select(
            WebhookDelivery.position, WebhookDelivery.delivery_id, WebhookDelivery.event_id, WebhookDelivery.subject,
            WebhookDelivery.attempts, FeedEvent.body,
        )
        .join(
            FeedEvent,
            (FeedEvent.agency_id == WebhookDelivery.agency_id) & (FeedEvent.event_id == WebhookDelivery.event_id),
        )
        .where(
            WebhookDelivery.subscription_id == subscription_id,
            WebhookDelivery.state == "PENDING",
            WebhookDelivery.position.in_(positions),
        )
    )  # fmt: skip
    return {row.position: Outgoing(*row[1:]) for row in tx.session.execute(query)}


def mark_delivered(tx: Transaction, results: Sequence[tuple[UUID, int, int]]) -> None:
    """Results are (delivery, HTTP status, milliseconds)."""
    if results:
        parameters = {
            "ids": [result[0] for result in results],
            "statuses": [result[1] for result in results],
            "ms": [result[2] for result in results],
        }
        tx.session.execute(_DELIVERED, parameters)


def mark_failed(tx: Transaction, failure: Failure) -> None:
    """Note a failed call; without a next attempt the delivery is over, and its subject goes on."""
    over = failure.next_attempt_at is None
    tx.session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.delivery_id == failure.delivery_id, WebhookDelivery.state == "PENDING")
        .values(
            state="FAILED" if over else "PENDING", attempts=failure.attempts, next_attempt_at=failure.next_attempt_at,
            status=failure.status, error=failure.error, duration_ms=failure.duration_ms,
            endpoint_failure=failure.endpoint_failure, finished_at=failure.at if over else None,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    tx.session.add(
        WebhookAttempt(
            attempt_id=new_id(), agency_id=tx.agency_id, delivery_id=failure.delivery_id, number=failure.attempts,
            at=failure.at, status=failure.status, error=failure.error, duration_ms=failure.duration_ms,
        )
    )  # fmt: skip


def hurry(tx: Transaction, subscription_id: UUID, *, endpoint_failures_only: bool) -> None:
    """Make waiting deliveries due now."""
    statement = update(WebhookDelivery).where(
        WebhookDelivery.subscription_id == subscription_id, WebhookDelivery.state == "PENDING"
    )
    if endpoint_failures_only:
        statement = statement.where(WebhookDelivery.endpoint_failure)
    tx.session.execute(
        statement.values(next_attempt_at=func.clock_timestamp()).execution_options(synchronize_session=False)
    )


def cancel_pending(tx: Transaction, subscription_id: UUID) -> int | None:
    """End unfinished deliveries; gives the position of the oldest of them."""
    cancelled = tx.session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.subscription_id == subscription_id, WebhookDelivery.state == "PENDING")
        .values(state="CANCELLED", next_attempt_at=None, finished_at=func.clock_timestamp())
        .returning(WebhookDelivery.position)
        .execution_options(synchronize_session=False)
    ).scalars()
    return min(cancelled, default=None)


def next_due(tx: Transaction, subscription_id: UUID) -> datetime | None:
    query = select(func.min(WebhookDelivery.next_attempt_at)).where(
        WebhookDelivery.subscription_id == subscription_id, WebhookDelivery.state == "PENDING"
    )
    found: datetime | None = tx.session.execute(query).scalar_one()
    return found


def counts(tx: Transaction, subscription_id: UUID) -> dict[str, int]:
    query = (
        select(WebhookDelivery.state, func.count())
        .where(WebhookDelivery.subscription_id == subscription_id)
        .group_by(WebhookDelivery.state)
    )
    return {row[0]: row[1] for row in tx.session.execute(query)}


def page_of_deliveries(
    tx: Transaction, subscription_id: UUID, *, state: str | None, before: UUID | None, limit: int
) -> list[WebhookDelivery]:
    query = select(WebhookDelivery).where(WebhookDelivery.subscription_id == subscription_id)
    if state is not None:
        query = query.where(WebhookDelivery.state == state)
    if before is not None:
        query = query.where(WebhookDelivery.delivery_id < before)
    return list(tx.session.scalars(query.order_by(WebhookDelivery.delivery_id.desc()).limit(limit)))


def find_delivery(tx: Transaction, delivery_id: UUID) -> WebhookDelivery | None:
    return tx.session.get(WebhookDelivery, delivery_id, with_for_update=True, populate_existing=True)


def attempts_of(tx: Transaction, delivery_ids: Sequence[UUID]) -> list[WebhookAttempt]:
    query = (
        select(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(delivery_ids)).order_by(WebhookAttempt.attempt_id)
    )
    return list(tx.session.scalars(query))
