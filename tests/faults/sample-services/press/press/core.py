"""Titles, their issues, and the event that one was printed."""

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


class Issue(Base):
    """What the press itself keeps of an issue: an event of the same id must have been published, and no other."""

    __tablename__ = "issue"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    title_id: Mapped[UUID]
    number: Mapped[int]


@dataclass(frozen=True, kw_only=True)
class IssuePrinted(IntegrationEvent, subject="title_id"):
    title_id: UUID
    number: int
    trouble: str = ""
