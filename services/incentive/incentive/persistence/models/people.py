"""What other services publish, as far as it stands not in the directory: predicates, trainings, job classes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import agency_column
from incentive.persistence.models.base import Base


class PredicateRecord(Base):
    """A predicate as received: ISSUED is provisional, FINAL and CORRECTED count, the highest version first."""

    # The row of a ReceivedPredicate. The table, and its column said_at, keep the names of their published migration.
    __tablename__ = "predicate_fact"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[UUID]
    period_kind: Mapped[str]
    year: Mapped[int]
    part: Mapped[int]
    predicate: Mapped[str]
    source: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column("said_at", key="recorded_at")
    __table_args__ = (
        Index(None, "agency_id", "employee_id", "period_kind", "year", "part"),
        CheckConstraint("stage IN ('ISSUED', 'FINAL', 'CORRECTED')", name="stage"),
        CheckConstraint("source IN ('APPRAISAL', 'HR')", name="source"),
        CheckConstraint("period_kind IN ('MONTH', 'QUARTER', 'YEAR')", name="period_kind"),
    )


class TrainingRecord(Base):
    """Learning hours of one finished training; a reversal may arrive before the record itself."""

    __tablename__ = "training_record"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    employee_id: Mapped[UUID]
    jp: Mapped[int]
    year: Mapped[int]
    finished: Mapped[bool]
    reversed: Mapped[bool]
    __table_args__ = (Index(None, "agency_id", "employee_id", "year"),)


class AgencyJobClasses(Base):
    """The highest job class of an agency, once personnel has published it."""

    __tablename__ = "agency_job_classes"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    highest: Mapped[int]
    __table_args__ = (CheckConstraint("highest BETWEEN 1 AND 99", name="highest"),)
