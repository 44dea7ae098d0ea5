"""Series, their items, and the event that one was produced."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.bus.envelope import IntegrationEvent
from chassis.db import agency_column, make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


class Item(Base):
    """What the origin itself keeps of an item: an event of the same id must have been published, and no other."""

    __tablename__ = "item"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    series_id: Mapped[UUID]
    number: Mapped[int]


@dataclass(frozen=True, kw_only=True)
class ItemProduced(IntegrationEvent, subject="series_id"):
    series_id: UUID
    number: int
    trouble: str = ""
