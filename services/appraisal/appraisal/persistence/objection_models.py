"""The tables of objections and of the examinations to which the parties are called."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class Objection(AgencyRow, Base):
    __tablename__ = "objection"
    evaluation_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    appraiser_id: Mapped[UUID]
    decider_id: Mapped[UUID | None]
    designated_by: Mapped[UUID | None]
    designation_reason: Mapped[str]
    reasons: Mapped[str]
    evidence_links: Mapped[list[str]]
    filed_at: Mapped[datetime]
    decide_by: Mapped[datetime]
    escalated_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reasons: Mapped[str]
    decided_capacity: Mapped[str | None]
    statement_by: Mapped[datetime | None]
    statement: Mapped[str] = mapped_column(server_default="")
    stated_at: Mapped[datetime | None]
    stated_by: Mapped[UUID | None]
    stated_capacity: Mapped[str | None]
    statement_escalated_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(server_default="")
    revision: Mapped[int]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint(
            "coalesce(outcome <> 'WITHDRAWN', false) = (decided_at IS NOT NULL) "
            "AND (decided_at IS NULL) = (decided_by IS NULL)",
            name="decision",
        ),
        CheckConstraint("coalesce(outcome = 'WITHDRAWN', false) = (withdrawn_at IS NOT NULL)", name="withdrawal"),
        CheckConstraint("decider_id IS NULL OR decider_id <> employee_id", name="decider"),
        Index(
            "uq_objection_evaluation_id_revision",
            "evaluation_id",
            "revision",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_objection_open", "agency_id", "decider_id", postgresql_where=text("outcome IS NULL")),
    )


class Examination(AgencyRow, Base):
    __tablename__ = "objection_examination"
    objection_id: Mapped[UUID]
    called_at: Mapped[datetime]
    called_by: Mapped[UUID]
    called_capacity: Mapped[str]
    starts_at: Mapped[datetime]
    place: Mapped[str]
    invited: Mapped[list[str]]
    present: Mapped[list[str]]
    minutes: Mapped[str]
    recorded_at: Mapped[datetime | None]
    recorded_by: Mapped[UUID | None]
    recorded_capacity: Mapped[str | None]
    remark: Mapped[str]
    remarked_at: Mapped[datetime | None]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint(
            "(recorded_at IS NULL) = (recorded_by IS NULL) AND (recorded_at IS NOT NULL OR remarked_at IS NULL)",
            name="minutes",
        ),
        Index("ix_objection_examination_objection", "objection_id", "id"),
    )
