"""Which subscriptions have something to do, and which worker is at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.db.listen import notify
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.persistence.models import WebhookQueue

WAKE_CHANNEL = "notification_webhook"
# Renewed by a heartbeat while its holder lives: what a dead worker held is free again after this.
LEASE = timedelta(seconds=6)
HEARTBEAT_SECONDS = 1.5

_CLAIM = text(
    "UPDATE webhook_queue SET lease_until = clock_timestamp() + CAST(:lease AS interval), lease_token = :token "
    "WHERE subscription_id IN ("
    "  SELECT subscription_id FROM webhook_queue WHERE due_at <= clock_timestamp() "
    "  AND (rest_until IS NULL OR rest_until <= clock_timestamp()) "
    "  AND (lease_until IS NULL OR lease_until < clock_timestamp()) "
    "  ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED"
    ") RETURNING subscription_id, agency_id, woken"
)
_RENEW = text(
    "UPDATE webhook_queue SET lease_until = clock_timestamp() + CAST(:lease AS interval) "
    "WHERE lease_token = ANY(CAST(:tokens AS uuid[]))"
)
# Events that came while the lease was held have counted `woken` up: then it is due again at once.
_RELEASE = text(
    "UPDATE webhook_queue SET lease_until = NULL, lease_token = NULL, rest_until = :rest, "
    "due_at = CASE WHEN woken <> :woken THEN clock_timestamp() ELSE CAST(:due AS timestamptz) END "
    "WHERE subscription_id = :id AND lease_token = :token"
)


@dataclass(frozen=True)
class Lease:
    subscription_id: UUID
    agency_id: str
    token: UUID
    woken: int


def put(tx: Transaction, subscription_id: UUID) -> None:
    """Make a subscription due now."""
    values = {
        "subscription_id": subscription_id,
        "agency_id": tx.agency_id,
        "due_at": func.clock_timestamp(),
        "woken": 1,
    }
    tx.session.execute(
        insert(WebhookQueue)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["subscription_id"],
            set_={"due_at": func.clock_timestamp(), "rest_until": None, "woken": WebhookQueue.woken + 1},
        )
    )
    notify(tx.session, WAKE_CHANNEL)


def wake_agency(tx: Transaction) -> None:
    """New events have their places: whoever subscribes in this agency has something to look at."""
    due = func.least(func.coalesce(WebhookQueue.due_at, func.clock_timestamp()), func.clock_timestamp())
    tx.session.execute(
        update(WebhookQueue)
        .where(WebhookQueue.agency_id == tx.agency_id)
        .values(due_at=due, woken=WebhookQueue.woken + 1)
        .execution_options(synchronize_session=False)
    )
    notify(tx.session, WAKE_CHANNEL)


def claim(engine: Engine, limit: int) -> list[Lease]:
    """Take due subscriptions of any agency; nobody else serves them while the lease holds."""
    token = new_id()
    with engine.begin() as connection:
        rows = connection.execute(_CLAIM, {"lease": LEASE, "token": token, "limit": limit})
        return [Lease(row.subscription_id, row.agency_id, token, row.woken) for row in rows]


def renew(engine: Engine, leases: Sequence[Lease]) -> None:
    """Keep leases for another while."""
    if leases:
        with engine.begin() as connection:
            connection.execute(_RENEW, {"lease": LEASE, "tokens": [lease.token for lease in leases]})


def is_held(tx: Transaction, lease: Lease) -> bool:
    """Whether a lease was not lost to another worker meanwhile."""
    query = select(WebhookQueue.lease_token).where(WebhookQueue.subscription_id == lease.subscription_id)
    return tx.session.execute(query).scalar_one_or_none() == lease.token


def release(engine: Engine, lease: Lease, due_at: datetime | None, rest_until: datetime | None) -> None:
    """Give a subscription back, to be looked at again at `due_at` (None: when something new comes), after its rest."""
    parameters = {
        "id": lease.subscription_id,
        "token": lease.token,
        "woken": lease.woken,
        "due": due_at,
        "rest": rest_until,
    }
    with engine.begin() as connection:
        connection.execute(_RELEASE, parameters)


def drop(tx: Transaction, subscription_id: UUID) -> None:
    """Stop looking at a subscription; its place in the feed is kept by the subscription itself."""
    tx.session.execute(delete(WebhookQueue).where(WebhookQueue.subscription_id == subscription_id))
