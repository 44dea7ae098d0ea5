"""The tables of calibration: sessions, and what is suggested in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class Calibration(AgencyRow, Base):
    """The appraisers of a unit compare their proposals of a period with its pattern."""

    __tablename__ = "calibration"
    unit_id: Mapped[UUID]
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str]
    participants: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    opened_by: Mapped[UUID]
    capacity: Mapped[str]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    counts_before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    counts_after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    minutes: Mapped[str]
    closed_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
        Index("ix_calibration_unit", "agency_id", "unit_id", "year"),
    )


class CalibrationSuggestion(AgencyRow, Base):
    """Another rating that somebody suggests for a proposal, and what its appraiser answered."""

    __tablename__ = "calibration_suggestion"
    calibration_id: Mapped[UUID]
    evaluation_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    work_result: Mapped[str]
    behaviour: Mapped[str]
    reason: Mapped[str]
    suggested_by: Mapped[UUID]
    suggested_at: Mapped[datetime]
    predicate_before: Mapped[str]
    predicate_after: Mapped[str | None]
    outcome: Mapped[str | None]
    answer: Mapped[str]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL) AND outcome IN ('ADOPTED', 'REFUSED')", name="outcome"
        ),
        Index("ix_calibration_suggestion_calibration", "calibration_id", "id"),
    )
