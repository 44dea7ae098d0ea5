"""People, predicates and trainings as personnel, appraisal and training publish them; every version is stored."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import agency_column
from directory.tables import AgencyColumns, OrgUnitColumns
from incentive.persistence.models.base import Base


class Agency(AgencyColumns, Base):
    version: Mapped[int]


class OrgUnit(OrgUnitColumns, Base):
    agency_id: Mapped[str] = agency_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]


class EmployeeVersion(Base):
    """One snapshot of a person; the state on a day is the newest version that had begun by then."""

    __tablename__ = "employee_version"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    effective_from: Mapped[date]
    employment_type: Mapped[str]
    status: Mapped[str]
    grade: Mapped[str]
    grade_since: Mapped[date | None]
    service_start: Mapped[date | None]


class AssignmentVersion(Base):
    __tablename__ = "assignment_version"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    effective_from: Mapped[date]
    unit_id: Mapped[UUID]
    position_kind: Mapped[str]
    position_level: Mapped[str | None]
    job_class: Mapped[int]
    __table_args__ = (Index(None, "agency_id", "unit_id"),)


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
