"""What an event leaves behind in a sample service that consumes it: written so that a loss, a repeat and an overtaking can be seen."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BigInteger, Identity, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.bus.envelope import Event
from chassis.consumers import is_latest
from chassis.db import agency_column, make_base
from chassis.unit_of_work import Transaction

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


class Arrival(Base):
    """One row for each time an event took effect; nothing here prevents a second."""

    __tablename__ = "arrival"
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    agency_id: Mapped[str] = agency_column()
    event_id: Mapped[UUID]
    producer: Mapped[str]
    subject: Mapped[str]
    sequence: Mapped[int]


class SequenceGuard(Base):
    """The state of a subject: how often an event of it was consumed, and the number of the last."""

    __tablename__ = "newest"
    agency_id: Mapped[str] = agency_column(primary_key=True)
    producer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    number: Mapped[int]


_ARRIVE = text(
    "INSERT INTO arrival (agency_id, event_id, producer, subject, sequence) "
    "VALUES (:agency, :id, :producer, :subject, :sequence)"
)
_STATE = text(
    "INSERT INTO newest AS n (agency_id, producer, subject, times, number) "
    "VALUES (:agency, :producer, :subject, 1, :number) ON CONFLICT (agency_id, producer, subject) DO UPDATE "
    "SET times = n.times + 1, number = CASE WHEN :newer THEN excluded.number ELSE n.number END"
)


def take_effect(tx: Transaction, event: Event) -> None:
    parameters = {
        "agency": tx.agency_id,
        "id": event.id,
        "producer": event.producer,
        "subject": event.subject,
        "sequence": event.sequence,
        "number": event.data["number"],
        "newer": is_latest(tx, "newest", event),
    }
    tx.session.execute(_ARRIVE, parameters)
    tx.session.execute(_STATE, parameters)
