"""Policies, amounts, attendance, penalties, runs and lines of the performance allowance."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, Numeric, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import AgencyRow, agency_column
from incentive.persistence.models.base import Base


class TukinPolicy(AgencyRow, Base):
    __tablename__ = "tukin_policy"
    number: Mapped[int]
    name: Mapped[str]
    state: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    rules: Mapped[dict[str, Any]]
    legal_source: Mapped[str]
    verified: Mapped[str]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    written_by: Mapped[UUID]
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        CheckConstraint("state IN ('DRAFT', 'PUBLISHED')", name="state"),
        CheckConstraint("(state = 'PUBLISHED') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid"),
    )


class ClassAmount(Base):
    """The monthly amount of one job class from a day on; a later entry for the same day takes precedence."""

    __tablename__ = "class_amount"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    job_class: Mapped[int] = mapped_column(primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    legal_source: Mapped[str]
    verified: Mapped[str]
    entered_by: Mapped[UUID | None]
    entered_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("amount >= 0", name="amount"),)


class AttendanceEntry(Base):
    """How often one code occurred in a month; a correction is a further revision."""

    __tablename__ = "attendance_entry"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    source: Mapped[str]
    entered_by: Mapped[UUID | None]
    entered_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("count >= 0", name="count"), Index(None, "agency_id", "month", "employee_id"))


class DisciplinePenalty(AgencyRow, Base):
    """Hukuman disiplin as its letter says; a revocation is stored beside it."""

    __tablename__ = "discipline_penalty"
    employee_id: Mapped[UUID]
    level: Mapped[str]
    percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    from_month: Mapped[date]
    to_month: Mapped[date]
    letter_number: Mapped[str]
    legal_source: Mapped[str]
    entered_by: Mapped[UUID]
    entered_at: Mapped[datetime]
    revoked_by: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]
    revocation_letter: Mapped[str | None]
    __table_args__ = (
        Index(None, "agency_id", "employee_id"),
        UniqueConstraint("agency_id", "employee_id", "letter_number"),
        CheckConstraint("level IN ('LIGHT', 'MODERATE', 'SEVERE')", name="level"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("to_month >= from_month", name="months"),
        CheckConstraint("(revoked_at IS NULL) = (revocation_letter IS NULL)", name="revoked"),
    )


class Circumstance(AgencyRow, Base):
    """MPP leave, BLU remuneration, study leave: from month to month, ended by being voided and entered anew."""

    __tablename__ = "circumstance"
    employee_id: Mapped[UUID]
    kind: Mapped[str]
    from_month: Mapped[date]
    to_month: Mapped[date | None]
    study_level: Mapped[str | None]
    extension: Mapped[bool]
    reference: Mapped[str]
    entered_by: Mapped[UUID]
    entered_at: Mapped[datetime]
    voided_by: Mapped[UUID | None]
    voided_at: Mapped[datetime | None]
    __table_args__ = (
        Index(None, "agency_id", "employee_id"),
        CheckConstraint("kind IN ('MPP_LEAVE', 'BLU_REMUNERATION', 'STUDY_LEAVE')", name="kind"),
        CheckConstraint("(kind = 'STUDY_LEAVE') = (study_level IS NOT NULL)", name="study_level"),
        CheckConstraint("to_month IS NULL OR to_month >= from_month", name="months"),
    )


class UnitTotal(Base):
    """The sum of a month of a unit with all below it, as it was first shown; hidden is null."""

    __tablename__ = "unit_total"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    publication_id: Mapped[UUID]
    people: Mapped[int | None]
    total: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (CheckConstraint("(people IS NULL) = (total IS NULL)", name="hidden_or_shown"),)


class AllowanceRun(AgencyRow, Base):
    __tablename__ = "allowance_run"
    month: Mapped[date]
    state: Mapped[str]
    policy_id: Mapped[UUID]
    policy_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    job_id: Mapped[UUID | None]
    round: Mapped[int]
    run_by: Mapped[UUID]
    run_at: Mapped[datetime]
    calculated_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]
    paid_by: Mapped[UUID | None]
    paid_at: Mapped[datetime | None]
    payment_reference: Mapped[str | None]
    totals: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        UniqueConstraint("agency_id", "month"),
        CheckConstraint("state IN ('CALCULATING', 'CALCULATED', 'APPROVED', 'PAID')", name="state"),
        CheckConstraint("(approved_by IS NOT NULL) = (state IN ('APPROVED', 'PAID'))", name="approved"),
        CheckConstraint("(paid_by IS NOT NULL) = (state = 'PAID')", name="paid"),
    )


class AllowanceLine(AgencyRow, Base):
    """One person's month: a REGULAR line, or an ADJUSTMENT that adds to the line it refers to."""

    __tablename__ = "allowance_line"
    run_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    month: Mapped[date]
    kind: Mapped[str]
    adjusts_line_id: Mapped[UUID | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    full_amount: Mapped[int] = mapped_column(BigInteger)
    not_payable: Mapped[str | None]
    policy_id: Mapped[UUID]
    inputs: Mapped[dict[str, Any]]
    steps: Mapped[list[dict[str, Any]]]
    provenance: Mapped[dict[str, Any]]
    fingerprint: Mapped[str]
    calculated_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("run_id", "employee_id", "month"),
        Index(None, "agency_id", "employee_id", "month"),
        Index(None, "agency_id", "month"),
        Index(
            "uq_allowance_line_regular",
            "agency_id",
            "employee_id",
            "month",
            unique=True,
            postgresql_where=text("kind = 'REGULAR'"),
        ),
        CheckConstraint("kind IN ('REGULAR', 'ADJUSTMENT')", name="kind"),
        CheckConstraint("(kind = 'ADJUSTMENT') = (adjusts_line_id IS NOT NULL)", name="adjusts"),
        CheckConstraint("kind = 'ADJUSTMENT' OR amount >= 0", name="amount"),
    )


class Recalculation(Base):
    """The recalculation queue: months of people whose inputs have changed since; a run removes them."""

    __tablename__ = "recalculation"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    cause: Mapped[str]
    enqueued_at: Mapped[datetime] = mapped_column(
        "marked_at", key="enqueued_at", server_default=text("clock_timestamp()")
    )
