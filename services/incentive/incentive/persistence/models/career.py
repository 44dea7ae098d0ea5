"""Reference data, credit points, eligibility, awards and talent."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import AgencyRow, agency_column
from incentive.persistence.models.base import Base

Credit = Numeric(9, 3)


class ReferenceSet(AgencyRow, Base):
    """One version of a table of legal numbers; versions are added, never edited."""

    __tablename__ = "reference_set"
    kind: Mapped[str]
    number: Mapped[int]
    valid_from: Mapped[date]
    data: Mapped[dict[str, Any]]
    legal_source: Mapped[str]
    verified: Mapped[dict[str, Any]]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("agency_id", "kind", "number"),)


class CreditOpening(Base):
    """The balance that a person brings along at one jenjang; the newest entry counts."""

    __tablename__ = "credit_opening"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str]
    balance: Mapped[Decimal] = mapped_column(Credit)
    base: Mapped[Decimal] = mapped_column(Credit)
    as_of: Mapped[date]
    entry_grade: Mapped[str | None]
    reference: Mapped[str]
    entered_by: Mapped[UUID | None]
    entered_at: Mapped[datetime]


class CreditEntry(AgencyRow, Base):
    """One booking. Corrections are further entries with the difference; REPLACED ones count no more."""

    __tablename__ = "credit_entry"
    employee_id: Mapped[UUID]
    kind: Mapped[str]
    level: Mapped[str]
    year: Mapped[int]
    part: Mapped[int]
    months: Mapped[int]
    evaluation_id: Mapped[UUID]
    evaluation_version: Mapped[int]
    predicate: Mapped[str]
    percent: Mapped[Decimal]
    coefficient: Mapped[Decimal]
    converted: Mapped[Decimal] = mapped_column(Credit)
    credit: Mapped[Decimal] = mapped_column(Credit)
    corrects_id: Mapped[UUID | None]
    replaced_by: Mapped[UUID | None]
    reference_id: Mapped[UUID]
    booked_at: Mapped[datetime]
    month: Mapped[int | None]
    __table_args__ = (
        Index(None, "agency_id", "employee_id", "year"),
        CheckConstraint("kind IN ('PERIODIC', 'ANNUAL', 'CORRECTION')", name="kind"),
        CheckConstraint("(kind = 'CORRECTION') = (corrects_id IS NOT NULL)", name="corrects"),
        CheckConstraint("kind = 'PERIODIC' OR replaced_by IS NULL", name="replaced"),
    )


class CreditDecision(AgencyRow, Base):
    """PAK: penetapan angka kredit."""

    __tablename__ = "credit_decision"
    employee_id: Mapped[UUID]
    number: Mapped[str]
    decided_on: Mapped[date]
    purpose: Mapped[str]
    level: Mapped[str]
    total: Mapped[Decimal] = mapped_column(Credit)
    balance: Mapped[Decimal] = mapped_column(Credit)
    decided_by: Mapped[UUID]
    entered_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        Index(None, "agency_id", "employee_id"),
        CheckConstraint("purpose IN ('RANK', 'LEVEL', 'RECORD')", name="purpose"),
    )


class CreditUse(Base):
    """A used entry is used once, and never replaced."""

    __tablename__ = "credit_use"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[UUID]


class Attestation(Base):
    """What HR attests about a person's career; the newest entry counts."""

    __tablename__ = "attestation"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    vacancy: Mapped[bool]
    competency_test: Mapped[bool]
    professional_development: Mapped[bool]
    last_raise_on: Mapped[date | None]
    reference: Mapped[str]
    entered_by: Mapped[UUID]
    entered_at: Mapped[datetime]


class Eligibility(Base):
    __tablename__ = "eligibility"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    eligible: Mapped[bool]
    missing: Mapped[list[str]]
    reasons: Mapped[list[dict[str, Any]]]
    as_of: Mapped[date]
    review_on: Mapped[date | None]
    reference_id: Mapped[UUID]
    __table_args__ = (
        Index(None, "agency_id", "kind", "eligible", "employee_id"),
        Index(None, "agency_id", "review_on"),
    )


class EligibilityChange(AgencyRow, Base):
    """Changes of the outcome: the history behind the current rows."""

    __tablename__ = "eligibility_change"
    employee_id: Mapped[UUID]
    kind: Mapped[str]
    eligible: Mapped[bool]
    missing: Mapped[list[str]]
    as_of: Mapped[date]
    __table_args__ = (Index(None, "agency_id", "employee_id"),)


class EligibilityDue(Base):
    """The reassessment queue: people whose eligibility must be assessed again."""

    # Named after what is due, not after the queue; persistence/reassessments.py has all its statements.
    __tablename__ = "eligibility_due"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    enqueued_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class EligibilitySweep(Base):
    """One row while a sweep of the queue is scheduled, so that a thousand events set one timer."""

    __tablename__ = "eligibility_sweep"
    agency_id: Mapped[str] = agency_column(primary_key=True)


class Award(AgencyRow, Base):
    __tablename__ = "award"
    employee_id: Mapped[UUID]
    kind: Mapped[str]
    year: Mapped[int]
    state: Mapped[str]
    evaluation_id: Mapped[UUID]
    evaluation_version: Mapped[int]
    predicate: Mapped[str]
    period: Mapped[str]
    reason: Mapped[str]
    nominated_by: Mapped[UUID]
    nominated_at: Mapped[datetime]
    decision_number: Mapped[str | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None]
    reference_id: Mapped[UUID]
    nominated_by_person: Mapped[UUID | None]
    evidence_changed_at: Mapped[datetime | None]
    revocation_number: Mapped[str | None]
    revoked_on: Mapped[date | None]
    revoked_by: Mapped[UUID | None]
    revocation_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        Index(None, "agency_id", "employee_id"),
        CheckConstraint("state IN ('NOMINATED', 'GRANTED', 'DECLINED', 'REVOKED')", name="state"),
        CheckConstraint("state <> 'REVOKED' OR revocation_number IS NOT NULL", name="revocation"),
        CheckConstraint("(state = 'NOMINATED') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("state <> 'GRANTED' OR decision_number IS NOT NULL", name="decision"),
        Index(
            "uq_award_decision",
            "agency_id",
            "decision_number",
            unique=True,
            postgresql_where=text("decision_number IS NOT NULL"),
        ),
    )


class TalentRating(Base):
    """Potential as the talent panel rates it; the newest entry of a year counts."""

    __tablename__ = "talent_rating"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    potential: Mapped[str]
    reference: Mapped[str]
    entered_by: Mapped[UUID]
    entered_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("potential IN ('LOW', 'MEDIUM', 'HIGH')", name="potential"),)
