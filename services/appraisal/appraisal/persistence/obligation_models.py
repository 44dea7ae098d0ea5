"""The tables of the register: who owes what, and for which years everybody's obligations were opened."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow, agency_column


class Obligation(AgencyRow, Base):
    """What somebody owes about an employee, with its deadline; `excused_by` is set where HR excused it by hand."""

    __tablename__ = "obligation"
    kind: Mapped[str]
    employee_id: Mapped[UUID]
    subject: Mapped[str]
    unit_id: Mapped[UUID | None]
    owed_by: Mapped[UUID | None]
    owed_to: Mapped[UUID | None]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    working_days: Mapped[int | None]
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    original_due_at: Mapped[datetime | None]
    state: Mapped[str]
    reason: Mapped[str]
    done_at: Mapped[datetime | None]
    matter_id: Mapped[UUID | None]
    excused_by: Mapped[UUID | None]
    excuse: Mapped[str]
    order_reference: Mapped[str]
    version: Mapped[int]
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("state IN ('OPEN', 'DONE', 'EXCUSED', 'LAPSED', 'CANCELLED')", name="state"),
        Index("uq_obligation_subject", "agency_id", "employee_id", "kind", "subject", unique=True),
        Index("ix_obligation_kind", "agency_id", "kind", "subject", "unit_id", "state"),
        Index("ix_obligation_owed_by", "agency_id", "owed_by", "due_at", postgresql_where=text("state = 'OPEN'")),
        Index("ix_obligation_due", "agency_id", "due_at", postgresql_where=text("state = 'OPEN'")),
    )


class ObligationReminder(Base):
    """How far the reminding of an obligation has come: whom, of which deadline, of which day counted from it."""

    __tablename__ = "obligation_reminder"
    __table_args__ = (Index("ix_obligation_reminder_owed_by", "agency_id", "owed_by"),)
    obligation_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id = agency_column()
    owed_by: Mapped[UUID]
    due_at: Mapped[datetime]
    stage: Mapped[int]
    reminded_on: Mapped[date]
    escalated_for: Mapped[datetime | None]


class ObligationYear(Base):
    """A year for which everybody's obligations were opened, from `complete_at` on without a gap."""

    __tablename__ = "obligation_year"
    agency_id = agency_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime]
    complete_at: Mapped[datetime | None]
