"""The table of correction orders."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class CorrectionOrder(AgencyRow, Base):
    """A new rating of a final evaluation: proposed by one officer, approved or rejected by another one."""

    __tablename__ = "correction_order"
    evaluation_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    revision: Mapped[int]
    state: Mapped[str]
    work_result: Mapped[str]
    behaviour: Mapped[str]
    work_result_note: Mapped[str]
    behaviour_note: Mapped[str]
    predicate: Mapped[str]
    rule_version: Mapped[str]
    lowers: Mapped[bool]
    reopens: Mapped[bool]
    reason: Mapped[str]
    order_reference: Mapped[str]
    proposed_by: Mapped[UUID]
    proposed_capacity: Mapped[str]
    proposed_at: Mapped[datetime]
    ended_by: Mapped[UUID | None]
    ended_capacity: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN')", name="state"),
        CheckConstraint(
            "(state = 'PROPOSED') = (ended_by IS NULL) AND (ended_by IS NULL) = (ended_at IS NULL)", name="ended"
        ),
        CheckConstraint("state NOT IN ('APPROVED', 'REJECTED') OR ended_by <> proposed_by", name="officers"),
        Index("uq_correction_order_waiting", "evaluation_id", unique=True, postgresql_where=text("state = 'PROPOSED'")),
        Index("ix_correction_order_agency", "agency_id", "state", "id"),
    )
