"""The table of reports on study leave."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class StudyReport(AgencyRow, Base):
    """What somebody on study leave has achieved in a term, confirmed by HR."""

    __tablename__ = "study_report"
    employee_id: Mapped[UUID]
    first_day: Mapped[date]
    last_day: Mapped[date]
    institution: Mapped[str]
    programme: Mapped[str]
    progress: Mapped[str]
    credits_earned: Mapped[Decimal | None]
    credits_required: Mapped[Decimal | None]
    grade_average: Mapped[Decimal | None]
    on_schedule: Mapped[bool]
    evidence_link: Mapped[str | None]
    state: Mapped[str]
    reported_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("state IN ('REPORTED', 'RETURNED', 'CONFIRMED')", name="state"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("(state = 'REPORTED') = (decided_by IS NULL)", name="decided"),
        Index("uq_study_report_term", "agency_id", "employee_id", "first_day", unique=True),
    )


class StudyRevocation(AgencyRow, Base):
    """That a confirmed report was revoked, or is to be by a second officer."""

    __tablename__ = "study_revocation"
    report_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    report_version: Mapped[int]
    reason: Mapped[str]
    evaluation_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    state: Mapped[str]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("state IN ('PROPOSED', 'CARRIED_OUT', 'REJECTED')", name="state"),
        CheckConstraint(
            "(state = 'PROPOSED') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided",
        ),
        Index("ix_study_revocation_report", "report_id", "id"),
        Index("uq_study_revocation_proposed", "report_id", unique=True, postgresql_where=text("state = 'PROPOSED'")),
    )
