"""The table of reviews: each time the next level was asked to look at an extreme rating."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class Review(AgencyRow, Base):
    __tablename__ = "evaluation_review"
    evaluation_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    revision: Mapped[int]
    work_result: Mapped[str]
    behaviour: Mapped[str]
    asked_by: Mapped[UUID]
    asked_capacity: Mapped[str]
    asked_order: Mapped[str] = mapped_column(server_default="")
    asked_at: Mapped[datetime]
    further_reason: Mapped[str]
    designated_id: Mapped[UUID | None]
    designated_by: Mapped[UUID | None]
    designation_reason: Mapped[str]
    escalated_at: Mapped[datetime | None]
    for_hr_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reason: Mapped[str]
    decided_by: Mapped[UUID | None]
    decided_capacity: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("outcome IN ('CONFIRMED', 'RETURNED')", name="outcome"),
        CheckConstraint(
            "(outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)", name="decided"
        ),
        CheckConstraint("decided_by <> employee_id AND decided_by <> asked_by", name="not_own"),
        Index("ix_evaluation_review_evaluation", "evaluation_id", "id"),
        Index("uq_evaluation_review_open", "evaluation_id", unique=True, postgresql_where=text("outcome IS NULL")),
    )
