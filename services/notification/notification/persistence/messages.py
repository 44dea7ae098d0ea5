"""The inbox: texts, who has read them, and what people chose to get."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.unit_of_work import Transaction
from notification.domain.preferences import Choice
from notification.domain.templates import EmailMode, Template, Text
from notification.persistence.models import Message, MessageRead, PendingNotice, Preference

_ADDED = (
    "message_id", "recipient", "topic", "title", "body", "link", "template", "template_version", "audience",
    "event_id", "event_kind", "dedupe_key", "shown", "created_at",
)  # fmt: skip
_ADD = text(
    "INSERT INTO messages (agency_id, message_id, recipient, topic, title, body, link, template, template_version, "
    "audience, event_id, event_kind, dedupe_key, shown, created_at) "
    "SELECT :agency_id, * FROM unnest(CAST(:message_id AS uuid[]), CAST(:recipient AS text[]), "
    "CAST(:topic AS text[]), CAST(:title AS text[]), CAST(:body AS text[]), CAST(:link AS text[]), "
    "CAST(:template AS text[]), CAST(:template_version AS int[]), CAST(:audience AS text[]), "
    "CAST(:event_id AS uuid[]), CAST(:event_kind AS text[]), CAST(:dedupe_key AS text[]), CAST(:shown AS bool[]), "
    "CAST(:created_at AS timestamptz[])) "
    "ON CONFLICT (agency_id, recipient, dedupe_key) DO NOTHING RETURNING message_id"
)


@dataclass(frozen=True)
class Note:
    """A text for one recipient, about one event."""

    message_id: UUID
    recipient: str
    template: Template
    text: Text
    event_id: UUID
    dedupe_key: str
    shown: bool


@dataclass(frozen=True)
class InboxItem:
    message: Message
    read_at: datetime | None


def add_messages(tx: Transaction, notes: Sequence[Note]) -> set[UUID]:
    """Put texts in inboxes; gives the ids of those that are new: the others were told to the same recipient before."""
    columns = [
        (
            note.message_id, note.recipient, note.template.topic, note.text.title, note.text.body, note.text.link,
            note.template.key, note.template.version, note.template.to.value, note.event_id, note.template.event,
            note.dedupe_key, note.shown, tx.now,
        )
        for note in sorted(notes, key=lambda note: (note.recipient, note.dedupe_key))
    ]  # fmt: skip
    values = dict(zip(_ADDED, map(list, zip(*columns, strict=True)), strict=True))
    return set(tx.session.execute(_ADD, {"agency_id": tx.agency_id, **values}).scalars())


def _read_by(reader: str) -> ColumnElement[bool]:
    return and_(MessageRead.message_id == Message.message_id, MessageRead.reader == reader)


def page_of_inbox(
    tx: Transaction, recipients: Sequence[str], reader: str, *,
    before: UUID | None, limit: int, unread_only: bool, topic: str | None,
) -> list[InboxItem]:  # fmt: skip
    """Newest first."""
    query = (
        select(Message, MessageRead.read_at)
        .outerjoin(MessageRead, _read_by(reader))
        .where(Message.recipient.in_(recipients), Message.shown)
    )
    if before is not None:
        query = query.where(Message.message_id < before)
    if unread_only:
        query = query.where(MessageRead.read_at.is_(None))
    if topic is not None:
        query = query.where(Message.topic == topic)
    rows = tx.session.execute(query.order_by(Message.message_id.desc()).limit(limit))
    return [InboxItem(message, read_at) for message, read_at in rows]


def item_of(tx: Transaction, message_id: UUID, reader: str) -> InboxItem | None:
    query = select(Message, MessageRead.read_at).outerjoin(MessageRead, _read_by(reader))
    row = tx.session.execute(query.where(Message.message_id == message_id)).first()
    return InboxItem(row[0], row[1]) if row else None


def count_unread(tx: Transaction, recipients: Sequence[str], reader: str) -> dict[str, int]:
    """Unread messages by topic."""
    unread = ~exists().where(_read_by(reader))
    query = (
        select(Message.topic, func.count())
        .where(Message.recipient.in_(recipients), Message.shown, unread)
        .group_by(Message.topic)
    )
    return {row[0]: row[1] for row in tx.session.execute(query)}


def mark_read(tx: Transaction, message_id: UUID, reader: str) -> None:
    values = {"agency_id": tx.agency_id, "reader": reader, "message_id": message_id, "read_at": tx.now}
    tx.session.execute(insert(MessageRead).values(**values).on_conflict_do_nothing())


def mark_all_read(tx: Transaction, recipients: Sequence[str], reader: str, up_to: UUID | None) -> int:
    found = select(
        literal(tx.agency_id), literal(reader), Message.message_id, literal(tx.now, type_=MessageRead.read_at.type)
    ).where(Message.recipient.in_(recipients), Message.shown, ~exists().where(_read_by(reader)))
    if up_to is not None:
        found = found.where(Message.message_id <= up_to)
    statement = (
        insert(MessageRead)
        .from_select(["agency_id", "reader", "message_id", "read_at"], found)
        .on_conflict_do_nothing()
        .returning(MessageRead.message_id)
    )
    return len(tx.session.execute(statement).all())


def choices_of(tx: Transaction, employee_id: UUID) -> dict[str, Choice]:
    rows = tx.session.scalars(select(Preference).where(Preference.employee_id == employee_id))
    return {row.topic: Choice(row.inbox, EmailMode(row.email)) for row in rows}


def choices_among(tx: Transaction, employee_ids: Collection[UUID]) -> dict[tuple[UUID, str], Choice]:
    """What these people chose, by person and topic; nothing for those who never did."""
    if not employee_ids:
        return {}
    query = select(Preference.employee_id, Preference.topic, Preference.inbox, Preference.email).where(
        Preference.agency_id == tx.agency_id, Preference.employee_id.in_(employee_ids)
    )
    return {(row.employee_id, row.topic): Choice(row.inbox, EmailMode(row.email)) for row in tx.session.execute(query)}


def save_choice(tx: Transaction, employee_id: UUID, topic: str, choice: Choice) -> None:
    values = {"inbox": choice.inbox, "email": choice.email.value, "changed_at": tx.now}
    statement = insert(Preference).values(agency_id=tx.agency_id, employee_id=employee_id, topic=topic, **values)
    tx.session.execute(
        statement.on_conflict_do_update(index_elements=["agency_id", "employee_id", "topic"], set_=values)
    )


def wait_for(tx: Transaction, fact: str, *, event_id: UUID, template: str, body: str) -> None:
    values = {"agency_id": tx.agency_id, "event_id": event_id, "template": template, "waits_for": fact, "body": body}
    tx.session.execute(insert(PendingNotice).values(**values).on_conflict_do_nothing())


def take_waiting(tx: Transaction, fact: str) -> list[PendingNotice]:
    rows = list(tx.session.scalars(select(PendingNotice).where(PendingNotice.waits_for == fact).with_for_update()))
    for row in rows:
        tx.session.delete(row)
    tx.session.flush()
    return rows
