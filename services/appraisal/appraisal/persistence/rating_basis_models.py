"""The table of what ratings rested on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from appraisal.persistence.base import Base
from chassis.db import agency_column


class RatingBasis(Base):
    """What one revision of an evaluation rested on; rows are added, and a trigger refuses to change them."""

    __tablename__ = "rating_basis"
    evaluation_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    agency_id = agency_column()
    content: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    frozen_at: Mapped[datetime]
