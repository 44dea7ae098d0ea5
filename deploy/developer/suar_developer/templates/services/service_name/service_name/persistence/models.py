"""The tables of the service. Migrations are the source of constraints and indexes; this is what code may use."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

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
    employee_id: Mapped[UUID]
    text: Mapped[str]
    filed_at: Mapped[datetime]
