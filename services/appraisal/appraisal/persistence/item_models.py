"""The table of what an evaluation says of each work result and value."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class EvaluationItem(AgencyRow, Base):
    """What was found for a result or a value, given with one rating; rows are added, never changed."""

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
