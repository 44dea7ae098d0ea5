"""The declarative base of every service: naming convention and type map."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.ids import new_id

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def make_base() -> type[DeclarativeBase]:
    """Make a service's own base class: its tables live in its own metadata and nobody else's."""

    class Base(DeclarativeBase):
        metadata = MetaData(naming_convention=CONVENTION)
        type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
            datetime: DateTime(timezone=True),
            str: Text,
            UUID: Uuid,
            Decimal: Numeric,
            dict[str, Any]: JSONB,
            list[str]: JSONB,
            list[dict[str, Any]]: JSONB,
        }

    return Base


def agency_column(*, primary_key: bool = False) -> Mapped[str]:
    """The column by which row-level security keeps agencies apart."""
    return mapped_column("agency_id", Text, nullable=False, primary_key=primary_key)


class AgencyRow:
    """The first columns of a table whose rows have an id, new unless it is given, and belong to an agency."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-2)
    agency_id: Mapped[str] = mapped_column(Text, sort_order=-1)
