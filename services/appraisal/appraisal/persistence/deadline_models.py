"""The tables of outages, and of what moved a deadline."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class Outage(AgencyRow, Base):
    """When nobody could work with the system; `applied_at` is null while a job still moves the deadlines."""

    __tablename__ = "outage"
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    grace_days: Mapped[int]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        Index("ix_outage_agency", "agency_id", "id"),
    )


class DeadlineExtension(AgencyRow, Base):
    """What moved a deadline: an outage, a grant, or the withdrawal of an outage."""

    __tablename__ = "deadline_extension"
    obligation_id: Mapped[UUID]
    cause: Mapped[str]
    outage_id: Mapped[UUID | None]
    outcome: Mapped[str]
    days: Mapped[int]
    due_before: Mapped[datetime]
    due_after: Mapped[datetime]
    reason: Mapped[str]
    order_reference: Mapped[str]
    set_by: Mapped[UUID]
    set_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint(
            "cause IN ('OUTAGE', 'GRANT', 'WITHDRAWAL') AND (cause = 'GRANT') = (outage_id IS NULL)", name="cause"
        ),
        CheckConstraint("outcome IN ('EXTENDED', 'REOPENED', 'FOR_HR')", name="outcome"),
        Index("ix_deadline_extension_obligation", "obligation_id", "id"),
        Index("uq_deadline_extension_outage", "outage_id", "obligation_id", "cause", unique=True),
    )
