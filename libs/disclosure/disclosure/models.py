"""The table of published sets, which stands in the database of each service that publishes figures of groups.

A service takes it up by a migration with the line `-- migrate: tables-of disclosure N` and by `include_tables`.
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Index, MetaData, SmallInteger, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import agency_column, make_base
from chassis.ids import new_id

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


def include_tables(metadata: MetaData) -> None:
    """Add the table to the metadata of a service's own models."""
    for table in Base.metadata.sorted_tables:
        table.to_metadata(metadata)


class DisclosedSet(Base):
    """People whom a publication distinguishes from others: who was asked or paid, never what they answered or got."""

    __tablename__ = "disclosed_set"
    __table_args__ = (Index("ix_disclosed_set_quantity", "agency_id", "quantity", "published_on"),)
    set_id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agency_id: Mapped[str] = agency_column()
    quantity: Mapped[str]
    publication_id: Mapped[UUID]
    report: Mapped[int] = mapped_column(SmallInteger)
    published_on: Mapped[date]
    people: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
