"""Which subscriptions have something to do, and which worker is at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from sqlalchemy import Engine, case, delete, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.db.listen import notify
from chassis.ids import new_id
from chassis.records import table_of
from chassis.unit_of_work import Transaction
from notification.persistence.models import WebhookQueue

WAKE_CHANNEL = "notification_webhook"
IS_DUE: LiteralString = (
    "SELECT EXISTS (SELECT 1 FROM webhook_queue WHERE due_at <= clock_timestamp() "
    "AND (rest_until IS NULL OR rest_until <= clock_timestamp()) "
    "AND (lease_until IS NULL OR lease_until < clock_timestamp()))"
)
# Renewed by a heartbeat while its holder lives: what a dead worker held is free again after this.
LEASE = timedelta(seconds=6)
HEARTBEAT_SECONDS = 1.5

_QUEUE = table_of(WebhookQueue)
# Locking: several workers claim at once, and none waits for another.
_CLAIM = text(
    "UPDATE webhook_queue SET lease_until = clock_timestamp() + CAST(:lease AS interval), lease_token = :token "
    "WHERE subscription_id IN ("
    "  SELECT subscription_id FROM webhook_queue WHERE due_at <= clock_timestamp() "
    "  AND (rest_until IS NULL OR rest_until <= clock_timestamp()) "
    "  AND (lease_until IS NULL OR lease_until < clock_timestamp()) "
    "  ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED"
    ") RETURNING subscription_id, agency_id, woken"
)


@dataclass(frozen=True)
class Lease:
    subscription_id: UUID
    agency_id: str
    token: UUID
    woken: int


def put(tx: Transaction, subscription_id: UUID) -> None:
    """Make a subscription due now."""
    now = func.clock_timestamp()
    row = insert(_QUEUE).values(subscription_id=subscription_id, agency_id=tx.agency_id, due_at=now, woken=1)
    again = {"due_at": now, "rest_until": None, "woken": _QUEUE.c.woken + 1}
    tx.session.execute(row.on_conflict_do_update(index_elements=["subscription_id"], set_=again))
    notify(tx.session, WAKE_CHANNEL)


def wake_agency(tx: Transaction) -> None:
    """New events have their places: whoever subscribes in this agency has something to look at."""
    now = func.clock_timestamp()
    due_at = func.least(func.coalesce(_QUEUE.c.due_at, now), now)
    query = update(_QUEUE).where(_QUEUE.c.agency_id == tx.agency_id)
    tx.session.execute(query.values(due_at=due_at, woken=_QUEUE.c.woken + 1))
    notify(tx.session, WAKE_CHANNEL)


def claim(engine: Engine, limit: int) -> list[Lease]:
    """Take due subscriptions of any agency; nobody else serves them while the lease holds."""
    token = new_id()
    with engine.begin() as connection:
        rows = connection.execute(_CLAIM, {"lease": LEASE, "token": token, "limit": limit})
        return [Lease(row.subscription_id, row.agency_id, token, row.woken) for row in rows]


def renew(engine: Engine, leases: Sequence[Lease]) -> None:
    """Extend leases."""
    if leases:
        with engine.begin() as connection:
            query = update(_QUEUE).where(_QUEUE.c.lease_token.in_([lease.token for lease in leases]))
            connection.execute(query.values(lease_until=func.clock_timestamp() + LEASE))


def is_held(tx: Transaction, lease: Lease) -> bool:
    """Return whether a lease was not lost to another worker meanwhile."""
    query = select(WebhookQueue.lease_token).where(WebhookQueue.subscription_id == lease.subscription_id)
    return tx.session.execute(query).scalar_one_or_none() == lease.token


def release(engine: Engine, lease: Lease, due_at: datetime | None, rest_until: datetime | None) -> None:
    """Release a subscription until `due_at` (None: until something new comes), after its rest."""
    row, now = _QUEUE.c, func.clock_timestamp()
    query = update(_QUEUE).where(row.subscription_id == lease.subscription_id, row.lease_token == lease.token)
    # Events that came while the lease was held have counted `woken` up: then it is due again at once.
    due = case((row.woken != lease.woken, now), else_=literal(due_at, row.due_at.type))
    with engine.begin() as connection:
        connection.execute(query.values(lease_until=None, lease_token=None, rest_until=rest_until, due_at=due))


def dequeue(tx: Transaction, subscription_id: UUID) -> None:
    """Remove a subscription from the queue; it keeps its own place in the feed."""
    tx.session.execute(delete(_QUEUE).where(_QUEUE.c.subscription_id == subscription_id))
