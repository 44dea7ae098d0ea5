"""E-mails to send: their content behind the agency's wall, the queue of ids in front of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

import msgspec
from sqlalchemy import Engine, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.db.listen import notify
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import among, columns_of, fetch_all, fetch_one, keyset, table_of
from chassis.unit_of_work import Transaction
from notification.domain.email import Email, EmailKind, EmailState
from notification.domain.templates import Text
from notification.persistence.models import EmailDelivery, EmailQueue

WAKE_CHANNEL = "notification_email"
IS_DUE: LiteralString = (
    "SELECT EXISTS (SELECT 1 FROM email_queue WHERE due_at <= clock_timestamp() "
    "AND (lease_until IS NULL OR lease_until < clock_timestamp()))"
)
PATIENCE = timedelta(days=3)
LEASE = timedelta(minutes=2)

_COLUMNS = columns_of(EmailDelivery, Email)
_DELIVERIES, _QUEUE = table_of(EmailDelivery), table_of(EmailQueue)
# Locking: several workers claim at once, and none waits for another.
_CLAIM = text(
    "UPDATE email_queue SET lease_until = clock_timestamp() + CAST(:lease AS interval) WHERE delivery_id IN ("
    "  SELECT delivery_id FROM email_queue WHERE due_at <= clock_timestamp() "
    "  AND (lease_until IS NULL OR lease_until < clock_timestamp()) "
    "  ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED"
    ") RETURNING delivery_id, agency_id, give_up_at, clock_timestamp() AS now"
)
# Set-building: two tables and the wake-up in one round trip, for all messages of a batch.
_ENQUEUE = text(
    "WITH new AS (SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[]), CAST(:recipients AS text[]), "
    "  CAST(:addresses AS text[]), CAST(:contents AS text[])) AS n (id, kind, recipient, address, content)), "
    "queued AS (INSERT INTO email_queue (delivery_id, agency_id, give_up_at) "
    "  SELECT id, :agency, clock_timestamp() + CAST(:patience AS interval) FROM new), "
    "written AS (INSERT INTO email_deliveries (delivery_id, agency_id, kind, recipient, address, content, state) "
    "  SELECT id, :agency, kind, recipient, address, CAST(content AS jsonb), 'QUEUED' FROM new) "
    "SELECT pg_notify(:channel, '')"
)
# Set-building. A row that was there has been locked by this transaction, which xmax shows; a new one has no mark.
_COLLECT = text(
    "INSERT INTO email_deliveries AS d (delivery_id, agency_id, kind, recipient, content, state) "
    "SELECT id, :agency, 'DIGEST', recipient, CAST(content AS jsonb), 'COLLECTING' "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:recipients AS text[]), CAST(:contents AS text[])) "
    "  AS n (id, recipient, content) ORDER BY recipient "
    "ON CONFLICT (agency_id, recipient) WHERE state = 'COLLECTING' "
    "DO UPDATE SET content = d.content || excluded.content RETURNING recipient, xmax = 0 AS is_new"
)


@dataclass(frozen=True)
class Claim:
    delivery_id: UUID
    agency_id: str
    give_up_at: datetime
    now: datetime


def stored(content: Sequence[Text]) -> str:
    """Return texts as they are stored."""
    return msgspec.json.encode(content).decode()


@dataclass(frozen=True)
class NewEmail:
    """An e-mail to write; without `address` the recipient's is looked up when it is sent."""

    recipient: str
    content: Sequence[Text]
    kind: EmailKind = EmailKind.MESSAGE
    address: str | None = None


def enqueue(tx: Transaction, emails: Sequence[NewEmail]) -> None:
    """Write e-mails and queue them, all in one statement."""
    if not emails:
        return
    parameters = {
        "ids": [new_id() for _ in emails],
        "agency": tx.agency_id,
        "kinds": [one.kind.value for one in emails],
        "recipients": [one.recipient for one in emails],
        "addresses": [one.address for one in emails],
        "contents": [stored(one.content) for one in emails],
        "patience": PATIENCE,
        "channel": WAKE_CHANNEL,
    }
    tx.session.execute(_ENQUEUE, parameters)


def collect(tx: Transaction, items: Mapping[str, Sequence[Text]]) -> list[str]:
    """Add texts to the recipients' open digests; return the recipients for whom this opened a new one."""
    recipients = sorted(items)
    parameters = {
        "agency": tx.agency_id,
        "ids": [new_id() for _ in recipients],
        "recipients": recipients,
        "contents": [stored(items[recipient]) for recipient in recipients],
    }
    return [row.recipient for row in tx.session.execute(_COLLECT, parameters) if row.is_new]


def close_digest(tx: Transaction, recipient: str) -> None:
    """Queue what was collected for a recipient, if anything was."""
    row = _DELIVERIES.c
    query = (
        update(_DELIVERIES)
        .where(row.agency_id == tx.agency_id, row.recipient == recipient, row.state == EmailState.COLLECTING)
        .values(state=EmailState.QUEUED)
        .returning(row.delivery_id)
    )
    for delivery_id in tx.session.execute(query).scalars():
        _queue_again(tx, delivery_id)


def load_email(tx: Transaction, delivery_id: UUID) -> Email:
    """Return an e-mail. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(EmailDelivery.delivery_id == delivery_id), Email)
    if found is None:
        raise NotFound(object="e-mail", id=delivery_id)
    return found


def load_emails(tx: Transaction, delivery_ids: Collection[UUID]) -> dict[UUID, Email]:
    """Return these e-mails by id. Raise NotFound."""
    found = fetch_all(tx, select(*_COLUMNS).where(among(EmailDelivery.delivery_id, delivery_ids)), Email)
    if missing := set(delivery_ids) - {one.delivery_id for one in found}:
        raise NotFound(object="e-mail", id=min(missing))
    return {one.delivery_id: one for one in found}


def list_emails(tx: Transaction, page: PageRequest, *, state: EmailState | None) -> Page[Email]:
    """Return e-mails, newest first."""
    query = select(*_COLUMNS)
    if state is not None:
        query = query.where(EmailDelivery.state == state)
    found = fetch_all(tx, keyset(query, page, EmailDelivery.delivery_id, descending=True), Email)
    return page_of(found, page, lambda email: email.delivery_id)


def save_attempt(tx: Transaction, email: Email, due_at: datetime | None) -> None:
    """Save what became of an e-mail; without another attempt it leaves the queue."""
    _update_email(tx, email)
    queued = _QUEUE.c.delivery_id == email.delivery_id
    if due_at is None:
        tx.session.execute(delete(_QUEUE).where(queued))
    else:
        tx.session.execute(update(_QUEUE).where(queued).values(lease_until=None, due_at=due_at))


def save_retry(tx: Transaction, email: Email) -> None:
    """Save an e-mail that is sent again and put it back into the queue."""
    _update_email(tx, email)
    _queue_again(tx, email.delivery_id)


def _update_email(tx: Transaction, email: Email) -> None:
    values = {
        "state": email.state, "attempts": email.attempts, "code": email.code, "reason": email.reason,
        "last_attempt_at": email.last_attempt_at, "finished_at": email.finished_at,
    }  # fmt: skip
    tx.session.execute(update(_DELIVERIES).where(_DELIVERIES.c.delivery_id == email.delivery_id).values(values))


def _queue_again(tx: Transaction, delivery_id: UUID) -> None:
    give_up_at = func.clock_timestamp() + PATIENCE
    row = insert(_QUEUE).values(delivery_id=delivery_id, agency_id=tx.agency_id, give_up_at=give_up_at)
    tx.session.execute(row.on_conflict_do_nothing())
    notify(tx.session, WAKE_CHANNEL)


def claim(engine: Engine, limit: int) -> list[Claim]:
    """Take due e-mails of any agency for LEASE; another worker leaves them alone meanwhile."""
    with engine.begin() as connection:
        rows = connection.execute(_CLAIM, {"lease": LEASE, "limit": limit})
        return [Claim(row.delivery_id, row.agency_id, row.give_up_at, row.now) for row in rows]


def renew(engine: Engine, delivery_ids: Sequence[UUID]) -> None:
    """Extend the leases of claimed e-mails by LEASE."""
    query = update(_QUEUE).where(_QUEUE.c.delivery_id.in_(delivery_ids))
    with engine.begin() as connection:
        connection.execute(query.values(lease_until=func.clock_timestamp() + LEASE))


def release(engine: Engine, delivery_ids: Sequence[UUID]) -> None:
    """Release claimed e-mails untried."""
    query = update(_QUEUE).where(_QUEUE.c.delivery_id.in_(delivery_ids))
    with engine.begin() as connection:
        connection.execute(query.values(lease_until=None, due_at=func.clock_timestamp()))
