"""The tables of a plan: its head, its versions, its history, and its links to the superior's plan."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow, agency_column


class Plan(AgencyRow, Base):
    __tablename__ = "plan"
    employee_id: Mapped[UUID]
    year: Mapped[int]
    unit_id: Mapped[UUID]
    appraiser_id: Mapped[UUID | None]
    reviewer_id: Mapped[UUID | None]
    model: Mapped[str]
    state: Mapped[str]
    plan_version: Mapped[int]
    active_version: Mapped[int | None]
    version: Mapped[int]
    # for processes of the former release: triggers keep it equal to the version's, and take over what they write
    copied_content: Mapped[dict[str, Any]] = mapped_column("content", server_default=text("'{}'"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("state IN ('DRAFT','SUBMITTED','RETURNED','ACTIVE','REVISED','CLOSED')", name="state"),
        CheckConstraint("state <> 'ACTIVE' OR active_version = plan_version", name="active"),
        Index(
            "uq_plan_open", "agency_id", "employee_id", "year", unique=True, postgresql_where=text("state <> 'CLOSED'")
        ),
        Index("ix_plan_appraiser", "agency_id", "appraiser_id", "state"),
        Index("ix_plan_unit", "agency_id", "year", "unit_id"),
        Index("ix_plan_employee", "agency_id", "employee_id", "year"),
    )


class PlanVersion(Base):
    """Everything that was ever agreed or submitted of a plan, and the draft that is being written."""

    __tablename__ = "plan_version"
    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    agency_id = agency_column()
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    state: Mapped[str]
    submitted_by: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    agreed_by: Mapped[UUID | None]
    agreed_at: Mapped[datetime | None]
    agreed_capacity: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'AGREED', 'WITHDRAWN')", name="state"),
    )


class PlanMove(AgencyRow, Base):
    """Every step on a plan; a submission carries the content as it was submitted, an edit what it changed."""

    __tablename__ = "plan_move"
    plan_id: Mapped[UUID]
    plan_version: Mapped[int]
    move: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    actor: Mapped[str]
    reason: Mapped[str]
    content: Mapped[dict[str, Any] | None]
    changed: Mapped[list[dict[str, Any]] | None]
    capacity: Mapped[str | None]
    at: Mapped[datetime]
    version: Mapped[int | None]
    fields: Mapped[list[str] | None]
    __table_args__ = (Index("ix_plan_move_plan", "plan_id", "id"),)


class ResultLinkDraft(Base):
    """What a revision changes of a result's link, once it is agreed; no parent ends it."""

    __tablename__ = "result_link_draft"
    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    work_result_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id = agency_column()
    parent_work_result_id: Mapped[UUID | None]
    parent_plan_id: Mapped[UUID | None]
    parent_version: Mapped[int | None]
    linked_by: Mapped[UUID | None]
    linked_at: Mapped[datetime]


class ResultLink(AgencyRow, Base):
    """Which of the superior's results a result supports; an ended link stays."""

    __tablename__ = "result_link"
    plan_id: Mapped[UUID]
    work_result_id: Mapped[UUID]
    parent_work_result_id: Mapped[UUID]
    parent_plan_id: Mapped[UUID | None]
    parent_version: Mapped[int | None]
    linked_by: Mapped[UUID | None]
    linked_at: Mapped[datetime]
    ended_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "uq_result_link_open", "plan_id", "work_result_id", unique=True, postgresql_where=text("ended_at IS NULL")
        ),
    )
