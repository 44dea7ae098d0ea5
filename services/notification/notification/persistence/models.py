"""The tables of this service; their constraints, indexes and defaults stand in the migrations.

Content stands behind row-level security, one agency at a time. The three queue tables (`feed_queue`, `email_queue`,
`webhook_queue`) hold ids and times only and have none: a dispatcher must find the work of every agency, and then
opens that agency's transaction to read what it is about.
"""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import agency_column, make_base
from directory.models import include_tables

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()

ISOLATED = (
    "directory_agency", "directory_external_official", "directory_person", "directory_stretch",
    "directory_substitution", "directory_unit", "directory_unit_stretch", "contacts", "notified_superiors", "messages",
    "message_reads", "preferences", "office_mailboxes", "quiet_hours", "pending_notices", "email_deliveries",
    "email_held", "outdated_duty", "feed_events",
    "feed_positions", "feed_heads", "feed_streams", "grants", "subscriptions", "webhook_secrets", "webhook_deliveries",
    "webhook_attempts",
)  # fmt: skip
QUEUES = ("feed_queue", "email_queue", "webhook_queue")


include_tables(Base.metadata)


class Contact(Base):
    __tablename__ = "contacts"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None]


class NotifiedSuperior(Base):
    """Of which superior a person was notified last; of the first one nobody is, but it is kept."""

    __tablename__ = "notified_superiors"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    superior_id: Mapped[UUID | None]


class OutdatedDuty(Base):
    """Until when texts about somebody's duties hold no longer."""

    __tablename__ = "outdated_duty"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    outdated_at: Mapped[datetime]


class Message(Base):
    """A text in somebody's inbox. `recipient` is `employee:<id>`, `role:<role>` or `everyone`."""

    __tablename__ = "messages"
    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    recipient: Mapped[str]
    topic: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    link: Mapped[str]
    template: Mapped[str]
    template_version: Mapped[int]
    audience: Mapped[str]
    event_id: Mapped[UUID]
    event_kind: Mapped[str]
    dedupe_key: Mapped[str]
    shown: Mapped[bool]
    created_at: Mapped[datetime]
    about: Mapped[UUID | None]


class MessageRead(Base):
    __tablename__ = "message_reads"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]


class Preference(Base):
    __tablename__ = "preferences"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    inbox: Mapped[bool]
    email: Mapped[str]
    changed_at: Mapped[datetime]


class OfficeMailbox(Base):
    """Where e-mail to an office (a role) goes: a shared address, never a person's own."""

    __tablename__ = "office_mailboxes"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    changed_at: Mapped[datetime]


class QuietHours(Base):
    """When an agency wants no e-mail sent, from a day on."""

    __tablename__ = "quiet_hours"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    weekends: Mapped[bool]
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]


class PendingNotice(Base):
    """A message whose addressee is not known yet, because the event that names them is still on its way."""

    __tablename__ = "pending_notices"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    template: Mapped[str] = mapped_column(primary_key=True)
    waits_for: Mapped[str]
    body: Mapped[str]


class EmailDelivery(Base):
    """One e-mail: a message, a day's digest or a notice to a subscriber's contact, and what became of it."""

    __tablename__ = "email_deliveries"
    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    kind: Mapped[str]
    recipient: Mapped[str]
    address: Mapped[str | None]
    content: Mapped[list[dict[str, Any]]]
    state: Mapped[str]
    attempts: Mapped[int]
    code: Mapped[int | None]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    last_attempt_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class EmailHeld(Base):
    """An e-mail that is sent at a moment ahead: at the end of quiet hours, or with a digest."""

    __tablename__ = "email_held"
    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    recipient: Mapped[str]
    held_until: Mapped[datetime]
    is_digest: Mapped[bool]


class EmailQueue(Base):
    __tablename__ = "email_queue"
    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str]
    due_at: Mapped[datetime]
    give_up_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]


class FeedEvent(Base):
    """Every event received that may leave the deployment, as its producer sent it."""

    __tablename__ = "feed_events"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    time: Mapped[datetime]
    body: Mapped[str]


class FeedQueue(Base):
    """Events received and not yet placed; written by many, emptied by one at a time. `heard_at`: when received."""

    __tablename__ = "feed_queue"
    arrival: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    agency_id: Mapped[str]
    event_id: Mapped[UUID]
    producer: Mapped[str]
    subject: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    internal: Mapped[bool]
    heard_at: Mapped[datetime]


class FeedPosition(Base):
    """An event's place in its agency's feed: 1, 2, 3 … without a gap, visible in that order."""

    __tablename__ = "feed_positions"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[UUID]
    kind: Mapped[str]
    subject: Mapped[str]
    time: Mapped[datetime]


class FeedHead(Base):
    __tablename__ = "feed_heads"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)


class FeedStream(Base):
    """The newest sequence that has its place, per producer and subject."""

    __tablename__ = "feed_streams"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    producer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)


class Grant(Base):
    """What a client may receive; a change is a new grant that ends the one before."""

    __tablename__ = "grants"
    grant_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    client_id: Mapped[UUID]
    subscriber_name: Mapped[str]
    event_types: Mapped[list[str]]
    channels: Mapped[list[str]]
    legal_basis: Mapped[str]
    data_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    granted_by: Mapped[UUID]
    granted_at: Mapped[datetime]
    revoked_by: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str | None]


class Subscription(Base):
    __tablename__ = "subscriptions"
    subscription_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    client_id: Mapped[UUID]
    url: Mapped[str]
    event_types: Mapped[list[str]]
    contact_email: Mapped[str | None]
    state: Mapped[str]
    state_reason: Mapped[str | None]
    data_from: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(BigInteger)
    run: Mapped[int]
    consecutive_failures: Mapped[int]
    failing_since: Mapped[datetime | None]
    last_ping_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int]


class WebhookSecret(Base):
    __tablename__ = "webhook_secrets"
    secret_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    subscription_id: Mapped[UUID]
    sealed: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class WebhookDelivery(Base):
    __tablename__ = "webhook_deliveries"
    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    subscription_id: Mapped[UUID]
    run: Mapped[int]
    position: Mapped[int] = mapped_column(BigInteger)
    event_id: Mapped[UUID]
    kind: Mapped[str]
    subject: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime | None]
    endpoint_failure: Mapped[bool]
    status: Mapped[int | None]
    error: Mapped[str | None]
    duration_ms: Mapped[int | None]
    finished_at: Mapped[datetime | None]


class WebhookAttempt(Base):
    """A call that failed; the one that succeeded is recorded in its delivery."""

    __tablename__ = "webhook_attempts"
    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    delivery_id: Mapped[UUID]
    number: Mapped[int]
    at: Mapped[datetime]
    status: Mapped[int | None]
    error: Mapped[str]
    duration_ms: Mapped[int]


class WebhookQueue(Base):
    """Which subscriptions have something to do and who is at it; `woken` counts the times new events came."""

    __tablename__ = "webhook_queue"
    subscription_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str]
    due_at: Mapped[datetime | None]
    rest_until: Mapped[datetime | None]
    woken: Mapped[int] = mapped_column(BigInteger)
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[UUID | None]
