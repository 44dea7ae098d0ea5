"""The tables of the service, as the migrations build them."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import DeclarativeBase, Mapped

from chassis.db import AgencyRow, make_base
from directory.models import include_tables

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()

include_tables(Base.metadata)


class Suggestion(AgencyRow, Base):
    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_agency", "agency_id", "id"),)
    employee_id: Mapped[UUID]
    text: Mapped[str]
    filed_at: Mapped[datetime]
