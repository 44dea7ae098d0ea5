"""The table of templates of plans."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import AgencyRow


class PlanTemplate(AgencyRow, Base):
    """A content that plans are drafted from; no position code: for every position."""

    __tablename__ = "plan_template"
    title: Mapped[str]
    position_codes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    content: Mapped[dict[str, Any]]
    state: Mapped[str]
    made_by: Mapped[UUID]
    changed_by: Mapped[UUID]
    changed_at: Mapped[datetime]
    version: Mapped[int]
    __table_args__ = (
        CheckConstraint("state IN ('OFFERED', 'WITHDRAWN')", name="state"),
        Index("ix_plan_template_position", "position_codes", postgresql_using="gin"),
    )
