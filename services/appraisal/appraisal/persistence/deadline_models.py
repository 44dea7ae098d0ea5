"""The tables of obligations with their deadlines, of outages, and of what moved a deadline."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow, agency_column


class Outage(AgencyRow, Base):
    """When nobody could work with the system; `applied_at` is null while a job still moves the deadlines."""

    __tablename__ = "outage"
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    grace_days: Mapped[int]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        Index("ix_outage_agency", "agency_id", "id"),
    )


class DeadlineExtension(AgencyRow, Base):
    """What moved a deadline: an outage, a grant, or the withdrawal of an outage."""

    __tablename__ = "deadline_extension"
    obligation_id: Mapped[UUID]
    cause: Mapped[str]
    outage_id: Mapped[UUID | None]
    outcome: Mapped[str]
    days: Mapped[int]
    due_before: Mapped[datetime]
    due_after: Mapped[datetime]
    reason: Mapped[str]
    order_reference: Mapped[str]
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint(
            "cause IN ('OUTAGE', 'GRANT', 'WITHDRAWAL') AND (cause = 'GRANT') = (outage_id IS NULL)", name="cause"
        ),
        CheckConstraint("outcome IN ('EXTENDED', 'REOPENED', 'FOR_HR')", name="outcome"),
        Index("ix_deadline_extension_obligation", "obligation_id", "id"),
        Index("uq_deadline_extension_outage", "outage_id", "obligation_id", "cause", unique=True),
    )


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


class ObligationYear(Base):
    """A year for which everybody's obligations were opened, from `complete_at` on without a gap."""

    __tablename__ = "obligation_year"
    agency_id = agency_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime]
    complete_at: Mapped[datetime | None]
