"""The tables of what an evaluation says of each result and value, and of what employees state of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class EvaluationItem(AgencyRow, Base):
    """What was found for a result or a value, given with one rating; rows are added, never changed.

    `evaluation_id` is that of what was rated: an evaluation, or a rating of days until a move, which has revision 1.
    """

    __tablename__ = "evaluation_item"
    evaluation_id: Mapped[UUID]
    revision: Mapped[int]
    work_result_id: Mapped[UUID | None]
    behaviour_value: Mapped[str | None]
    realisation: Mapped[str]
    remark: Mapped[str]
    progress_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    feedback_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    __table_args__ = (
        CheckConstraint("(work_result_id IS NULL) <> (behaviour_value IS NULL)", name="one_target"),
        Index(
            "uq_evaluation_item_target",
            "evaluation_id",
            "revision",
            "work_result_id",
            "behaviour_value",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )


class OwnRealisation(AgencyRow, Base):
    """What an employee states of the own results of a period."""

    __tablename__ = "own_realisation"
    plan_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    year: Mapped[int]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    month: Mapped[int | None] = mapped_column(SmallInteger)
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    stated_at: Mapped[datetime]
    version: Mapped[int]
    __table_args__ = (
        Index(
            "uq_own_realisation_period",
            "agency_id",
            "employee_id",
            "year",
            text("coalesce(quarter, 0)"),
            text("coalesce(month, 0)"),
            "plan_id",
            unique=True,
        ),
    )
