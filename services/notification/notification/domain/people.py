"""Whom this service knows of: the agency, its units and people, and the shared addresses of its offices."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Agency:
    name: str
    time_zone: str


@dataclass(frozen=True)
class Unit:
    unit_id: UUID
    name: str
    leader_id: UUID | None


@dataclass(frozen=True)
class Contact:
    employee_id: UUID
    name: str
    email: str | None


@dataclass(frozen=True)
class Superiors:
    """Who stands above an employee."""

    employee_id: UUID
    unit_id: UUID | None
    appraiser_id: UUID | None
    reviewer_id: UUID | None


@dataclass(frozen=True)
class MailboxView:
    """Where e-mail to an office goes: a shared address, never a person's own."""

    role: str
    email: str
    changed_at: datetime
