"""The tables of the service, as the migrations build them."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import AgencyRow, agency_column, make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


class Employee(Base):
    __tablename__ = "employee"
    employee_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    status: Mapped[str]


class Suggestion(AgencyRow, Base):
    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_agency", "agency_id", "id"),)
    employee_id: Mapped[UUID]
    text: Mapped[str]
    filed_at: Mapped[datetime]
