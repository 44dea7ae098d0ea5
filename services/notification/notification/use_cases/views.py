"""What use cases hand out: flat values, so that nothing of the database goes further than here."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID


@dataclass(frozen=True)
class _View:
    @classmethod
    def of(cls, row: object, **extra: Any) -> Self:
        """Copy the fields of the same name from a row; `extra` gives those that it does not have."""
        return cls(
            **{item.name: extra[item.name] if item.name in extra else getattr(row, item.name) for item in fields(cls)}
        )


@dataclass(frozen=True)
class MessageView(_View):
    message_id: UUID
    topic: str
    title: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None
    audience: str
    event_kind: str
    event_id: UUID
    template: str
    template_version: int
    legal_source: str


@dataclass(frozen=True)
class MailboxView(_View):
    role: str
    email: str
    changed_at: datetime


@dataclass(frozen=True)
class EmailView(_View):
    delivery_id: UUID
    kind: str
    state: str
    attempts: int
    code: int | None
    reason: str | None
    created_at: datetime
    last_attempt_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class GrantView(_View):
    grant_id: UUID
    agency_id: str
    client_id: UUID
    subscriber_name: str
    event_types: Sequence[str]
    channels: Sequence[str]
    legal_basis: str
    data_from: date | None
    valid_until: date | None
    granted_by: UUID
    granted_at: datetime
    revoked_at: datetime | None
    revoke_reason: str | None


@dataclass(frozen=True)
class SubscriptionView(_View):
    subscription_id: UUID
    client_id: UUID
    url: str
    event_types: Sequence[str]
    contact_email: str | None
    state: str
    state_reason: str | None
    position: int
    run: int
    consecutive_failures: int
    failing_since: datetime | None
    created_at: datetime
    version: int


@dataclass(frozen=True)
class AttemptView(_View):
    number: int
    at: datetime
    status: int | None
    error: str
    duration_ms: int


@dataclass(frozen=True)
class DeliveryView(_View):
    delivery_id: UUID
    run: int
    position: int
    event_id: UUID
    kind: str
    state: str
    attempts: int
    next_attempt_at: datetime | None
    status: int | None
    error: str | None
    duration_ms: int | None
    finished_at: datetime | None
    failures: Sequence[AttemptView]
