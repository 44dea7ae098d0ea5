"""E-mails to send: their content behind the agency's wall, the queue of ids in front of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, func, select, text, update

from chassis.db.listen import notify
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.persistence.models import EmailDelivery, EmailQueue

WAKE_CHANNEL = "notification_email"
PATIENCE = timedelta(days=3)
LEASE = timedelta(minutes=2)

_CLAIM = text(
    "UPDATE email_queue SET lease_until = clock_timestamp() + CAST(:lease AS interval) WHERE delivery_id IN ("
    "  SELECT delivery_id FROM email_queue WHERE due_at <= clock_timestamp() "
    "  AND (lease_until IS NULL OR lease_until < clock_timestamp()) "
    "  ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED"
    ") RETURNING delivery_id, agency_id, give_up_at, clock_timestamp() AS now"
)
_ENQUEUE = text(
    "WITH queued AS (INSERT INTO email_queue (delivery_id, agency_id, give_up_at) "
    "  VALUES (:id, :agency, clock_timestamp() + CAST(:patience AS interval))), "
    "written AS (INSERT INTO email_deliveries (delivery_id, agency_id, kind, recipient, address, content, state) "
    "  VALUES (:id, :agency, :kind, :recipient, :address, CAST(:content AS jsonb), 'QUEUED')) "
    "SELECT pg_notify(:channel, '')"
)
# A row that was there has been locked by this transaction, which xmax tells; a new one has nobody's mark.
_COLLECT = text(
    "INSERT INTO email_deliveries AS d (delivery_id, agency_id, kind, recipient, content, state) "
    "SELECT id, :agency, 'DIGEST', recipient, CAST(content AS jsonb), 'COLLECTING' "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:recipients AS text[]), CAST(:contents AS text[])) "
    "  AS n (id, recipient, content) ORDER BY recipient "
    "ON CONFLICT (agency_id, recipient) WHERE state = 'COLLECTING' "
    "DO UPDATE SET content = d.content || excluded.content RETURNING recipient, xmax = 0 AS is_new"
)
_AGAIN = text(
    "INSERT INTO email_queue (delivery_id, agency_id, give_up_at) "
    "VALUES (:id, :agency, clock_timestamp() + CAST(:patience AS interval)) ON CONFLICT DO NOTHING"
)
_CLOSE = text(
    "UPDATE email_deliveries SET state = 'QUEUED' WHERE agency_id = :agency AND recipient = :recipient "
    "AND state = 'COLLECTING' RETURNING delivery_id"
)


@dataclass(frozen=True)
class Claim:
    delivery_id: UUID
    agency_id: str
    give_up_at: datetime
    now: datetime


def enqueue(
    tx: Transaction,
    recipient: str,
    content: Sequence[Mapping[str, Any]],
    *,
    kind: str = "MESSAGE",
    address: str | None = None,
) -> UUID:
    delivery_id = new_id()
    parameters = {
        "id": delivery_id,
        "agency": tx.agency_id,
        "kind": kind,
        "recipient": recipient,
        "address": address,
        "content": json.dumps(list(content)),
        "patience": PATIENCE,
        "channel": WAKE_CHANNEL,
    }
    tx.session.execute(_ENQUEUE, parameters)
    return delivery_id


def queue(tx: Transaction, delivery_id: UUID) -> None:
    tx.session.execute(_AGAIN, {"id": delivery_id, "agency": tx.agency_id, "patience": PATIENCE})
    notify(tx.session, WAKE_CHANNEL)


def collect(tx: Transaction, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Add texts to the recipients' open digests; gives the recipients for whom this opened a new one."""
    recipients = sorted(items)
    parameters = {
        "agency": tx.agency_id,
        "ids": [new_id() for _ in recipients],
        "recipients": recipients,
        "contents": [json.dumps([dict(item) for item in items[recipient]]) for recipient in recipients],
    }
    return [row.recipient for row in tx.session.execute(_COLLECT, parameters) if row.is_new]


def close_digest(tx: Transaction, recipient: str) -> UUID | None:
    """Queue what was collected; None when there is nothing."""
    named = {"agency": tx.agency_id, "recipient": recipient}
    found: UUID | None = tx.session.execute(_CLOSE, named).scalar_one_or_none()
    if found is not None:
        queue(tx, found)
    return found


def claim(engine: Engine, limit: int) -> list[Claim]:
    """Take due deliveries of any agency for LEASE; another worker leaves them alone meanwhile."""
    with engine.begin() as connection:
        rows = connection.execute(_CLAIM, {"lease": LEASE, "limit": limit})
        return [Claim(row.delivery_id, row.agency_id, row.give_up_at, row.now) for row in rows]


def renew(engine: Engine, delivery_ids: Sequence[UUID]) -> None:
    """Keep claimed deliveries for another LEASE."""
    with engine.begin() as connection:
        connection.execute(
            update(EmailQueue)
            .where(EmailQueue.delivery_id.in_(delivery_ids))
            .values(lease_until=func.clock_timestamp() + LEASE)
        )


def release(connection: Connection, delivery_ids: Sequence[UUID], wait: timedelta) -> None:
    """Give claimed deliveries back untried."""
    connection.execute(
        update(EmailQueue)
        .where(EmailQueue.delivery_id.in_(delivery_ids))
        .values(lease_until=None, due_at=func.clock_timestamp() + wait)
    )


def delivery_of(tx: Transaction, delivery_id: UUID) -> EmailDelivery | None:
    return tx.session.get(EmailDelivery, delivery_id)


def finish(tx: Transaction, delivery: EmailDelivery, state: str, now: datetime, reason: str | None = None) -> None:
    delivery.state, delivery.finished_at, delivery.reason = state, now, reason
    tx.session.execute(delete(EmailQueue).where(EmailQueue.delivery_id == delivery.delivery_id))


def postpone(tx: Transaction, delivery: EmailDelivery, due_at: datetime, reason: str) -> None:
    delivery.reason = reason
    tx.session.execute(
        update(EmailQueue).where(EmailQueue.delivery_id == delivery.delivery_id).values(lease_until=None, due_at=due_at)
    )


def page_of_deliveries(tx: Transaction, *, state: str | None, before: UUID | None, limit: int) -> list[EmailDelivery]:
    query = select(EmailDelivery).order_by(EmailDelivery.delivery_id.desc()).limit(limit)
    if state is not None:
        query = query.where(EmailDelivery.state == state)
    if before is not None:
        query = query.where(EmailDelivery.delivery_id < before)
    return list(tx.session.scalars(query))
