"""Whom this service knows of besides the directory: names and addresses of people, and of offices."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Contact:
    """How a person, or an official from outside, is called and written to."""

    employee_id: UUID
    name: str
    email: str | None


@dataclass(frozen=True)
class NotifiedSuperior:
    """Of which superior a person was notified last."""

    employee_id: UUID
    superior_id: UUID | None


@dataclass(frozen=True)
class MailboxView:
    """Where e-mail to an office goes: a shared address, never a person's own."""

    role: str
    email: str
    changed_at: datetime
