"""The tables of oversight: anomalies with what they rest on, samples with their members, and who was read."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow, agency_column


class AnomalyRun(AgencyRow, Base):
    """One search through a period, by the thresholds of its day."""

    __tablename__ = "anomaly_run"
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    rule_version: Mapped[str]
    thresholds: Mapped[dict[str, Any]]
    started_by: Mapped[UUID]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    found: Mapped[dict[str, Any]]
    opened: Mapped[dict[str, Any]]
    version: Mapped[int]


class Anomaly(AgencyRow, Base):
    """A pattern of a period that is worth a look; `subject` names it within its kind."""

    __tablename__ = "anomaly"
    kind: Mapped[str]
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    subject: Mapped[str]
    official_id: Mapped[UUID | None]
    evaluations: Mapped[int]
    people: Mapped[int]
    rule_version: Mapped[str]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    looked_at_by: Mapped[UUID | None]
    looked_at: Mapped[datetime | None]
    remark: Mapped[str]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("state IN ('OPEN', 'LOOKED_AT')", name="state"),
        CheckConstraint(
            "(state = 'LOOKED_AT') = (looked_at IS NOT NULL) AND (looked_at IS NULL) = (looked_at_by IS NULL)",
            name="looked_at",
        ),
        Index(
            "uq_anomaly_open",
            "agency_id",
            "kind",
            "year",
            text("coalesce(quarter, 0)"),
            text("coalesce(month, 0)"),
            "subject",
            unique=True,
            postgresql_where=text("state = 'OPEN'"),
        ),
        Index("ix_anomaly_period", "agency_id", "year", "id"),
    )


class AnomalyBasis(Base):
    """An evaluation that an anomaly rests on; rows are added, never changed."""

    __tablename__ = "anomaly_basis"
    anomaly_id: Mapped[UUID] = mapped_column(primary_key=True)
    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id = agency_column()
    employee_id: Mapped[UUID]
    __table_args__ = (Index("ix_anomaly_basis_employee", "agency_id", "employee_id"),)


class Sample(AgencyRow, Base):
    """Evaluations drawn by lot for a recorded reason; what was drawn, and why, never changes."""

    __tablename__ = "sample"
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    unit_id: Mapped[UUID | None]
    size: Mapped[int | None]
    share: Mapped[Decimal | None]
    by_predicate: Mapped[bool]
    algorithm: Mapped[str]
    seed: Mapped[str]
    seed_given: Mapped[bool]
    population: Mapped[int]
    population_hash: Mapped[str]
    drawn: Mapped[int]
    strata: Mapped[list[dict[str, Any]]]
    reason: Mapped[str]
    order_reference: Mapped[str]
    drawn_by: Mapped[UUID]
    drawn_at: Mapped[datetime]
    state: Mapped[str]
    conclusion: Mapped[str]
    closed_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("state IN ('OPEN', 'CLOSED')", name="state"),
        CheckConstraint(
            "(state = 'CLOSED') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL)", name="closed"
        ),
        CheckConstraint("num_nonnulls(size, share) = 1", name="wanted"),
        Index("ix_sample_year", "agency_id", "year", "id"),
    )


class SampleMember(Base):
    """An evaluation of a sample; rows are added with the sample, never changed."""

    __tablename__ = "sample_member"
    sample_id: Mapped[UUID] = mapped_column(primary_key=True)
    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id = agency_column()
    employee_id: Mapped[UUID]
    predicate: Mapped[str]
    position: Mapped[int]
    __table_args__ = (Index("uq_sample_member_position", "sample_id", "position", unique=True),)


class SampleReading(AgencyRow, Base):
    """That an inspector has read an evaluation within a sample; rows are added, never changed."""

    __tablename__ = "sample_reading"
    sample_id: Mapped[UUID]
    evaluation_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    read_by: Mapped[UUID]
    read_at: Mapped[datetime]
    __table_args__ = (
        Index("ix_sample_reading_employee", "agency_id", "employee_id", "id"),
        Index("ix_sample_reading_sample", "sample_id", "evaluation_id"),
    )
