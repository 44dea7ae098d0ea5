"""The inbox: messages, who has read them, and those whose addressee is not known yet."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import among, columns_of, fetch_all, fetch_one, keyset, table_of
from chassis.unit_of_work import Transaction
from notification.domain.message import Message
from notification.persistence import models
from notification.persistence.models import MessageRead, PendingNotice

_COLUMNS = (*columns_of(models.Message, Message), MessageRead.read_at)
# Set-building: the messages of a whole batch, in one statement that is the same for any number of them.
_ADD = text(
    "INSERT INTO messages (agency_id, message_id, recipient, topic, title, body, link, template, template_version, "
    "audience, event_id, event_kind, dedupe_key, shown, created_at, about) "
    "SELECT :agency_id, * FROM unnest(CAST(:message_id AS uuid[]), CAST(:recipient AS text[]), "
    "CAST(:topic AS text[]), CAST(:title AS text[]), CAST(:body AS text[]), CAST(:link AS text[]), "
    "CAST(:template AS text[]), CAST(:template_version AS int[]), CAST(:audience AS text[]), "
    "CAST(:event_id AS uuid[]), CAST(:event_kind AS text[]), CAST(:dedupe_key AS text[]), CAST(:shown AS bool[]), "
    "CAST(:created_at AS timestamptz[]), CAST(:about AS uuid[])) "
    "ON CONFLICT (agency_id, recipient, dedupe_key) DO NOTHING RETURNING message_id"
)


def insert_messages(tx: Transaction, messages: Sequence[Message]) -> set[UUID]:
    """Insert messages; return the ids of those that are new: the others had reached the same recipient before."""
    rows = sorted(messages, key=lambda message: (message.recipient, message.dedupe_key))
    columns = {item.name: [getattr(row, item.name) for row in rows] for item in fields(Message)}
    return set(tx.session.execute(_ADD, {"agency_id": tx.agency_id, **columns}).scalars())


def _read_by(reader: str) -> ColumnElement[bool]:
    return and_(MessageRead.message_id == models.Message.message_id, MessageRead.reader == reader)


def _found_by(recipients: Sequence[str], reader: str) -> ColumnElement[bool]:
    """Return the condition that somebody finds a message: not one to their office that is about themselves."""
    message = models.Message
    return and_(message.recipient.in_(recipients), message.about.is_distinct_from(UUID(reader)))


def list_messages(
    tx: Transaction, recipients: Sequence[str], reader: str, page: PageRequest, *,
    unread_only: bool, topic: str | None,
) -> Page[Message]:  # fmt: skip
    """Return messages, newest first."""
    message = models.Message
    query = (
        select(*_COLUMNS).outerjoin(MessageRead, _read_by(reader)).where(_found_by(recipients, reader), message.shown)
    )
    if unread_only:
        query = query.where(MessageRead.read_at.is_(None))
    if topic is not None:
        query = query.where(message.topic == topic)
    found = fetch_all(tx, keyset(query, page, message.message_id, descending=True), Message)
    return page_of(found, page, lambda item: item.message_id)


def load_message(tx: Transaction, message_id: UUID, reader: str) -> Message:
    """Return a message, and when `reader` has read it. Raise NotFound."""
    query = select(*_COLUMNS).outerjoin(MessageRead, _read_by(reader)).where(models.Message.message_id == message_id)
    found = fetch_one(tx, query, Message)
    if found is None:
        raise NotFound(object="pesan", id=message_id)
    return found


def count_unread(tx: Transaction, recipients: Sequence[str], reader: str) -> dict[str, int]:
    """Count unread messages by topic."""
    message = models.Message
    query = (
        select(message.topic, func.count())
        .where(_found_by(recipients, reader), message.shown, ~exists().where(_read_by(reader)))
        .group_by(message.topic)
    )
    return {row[0]: row[1] for row in tx.session.execute(query)}


def mark_read(tx: Transaction, message_id: UUID, reader: str) -> None:
    """Remember that `reader` has read a message; the first time stays."""
    values = {"agency_id": tx.agency_id, "reader": reader, "message_id": message_id, "read_at": tx.now}
    tx.session.execute(insert(table_of(MessageRead)).values(values).on_conflict_do_nothing())


def mark_all_read(tx: Transaction, recipients: Sequence[str], reader: str, up_to: UUID | None) -> int:
    """Mark what is unread up to a message, or all of it; return how many were."""
    message = models.Message
    found = select(
        literal(tx.agency_id), literal(reader), message.message_id, literal(tx.now, type_=MessageRead.read_at.type)
    ).where(_found_by(recipients, reader), message.shown, ~exists().where(_read_by(reader)))
    if up_to is not None:
        found = found.where(message.message_id <= up_to)
    statement = (
        insert(MessageRead)
        .from_select(["agency_id", "reader", "message_id", "read_at"], found)
        .on_conflict_do_nothing()
        .returning(MessageRead.message_id)
    )
    return len(tx.session.execute(statement).all())


def wait_for(tx: Transaction, awaited: str, *, event_id: UUID, template: str, body: str) -> None:
    """Store a message until the event that names its addressee is received."""
    values = {"agency_id": tx.agency_id, "event_id": event_id, "template": template, "waits_for": awaited, "body": body}
    tx.session.execute(insert(table_of(PendingNotice)).values(values).on_conflict_do_nothing())


def take_waiting(tx: Transaction, awaited: Collection[str]) -> list[tuple[str, str]]:
    """Take the messages that waited for any of these: the template's key and the event of each."""
    table = table_of(PendingNotice)
    query = delete(table).where(among(PendingNotice.waits_for, awaited)).returning(table.c.template, table.c.body)
    return [(row.template, row.body) for row in tx.session.execute(query)]
