"""Loans, and the handler of their event: everything the chassis' tests need in one place."""

import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis import outbox
from chassis.bus.envelope import Event, IntegrationEvent
from chassis.consumers import Consumers
from chassis.db import agency_column, make_base
from chassis.errors import AppError, Kind, Unavailable
from chassis.jobs import Job, Jobs, Step
from chassis.timers import Timer, Timers, schedule
from chassis.unit_of_work import Transaction

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


class Loan(Base):
    __tablename__ = "loan"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    title: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class HandledEvent(Base):
    __tablename__ = "handled"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    subject: Mapped[str]
    sequence: Mapped[int]


@dataclass(frozen=True, kw_only=True)
class BookLent(IntegrationEvent, subject="loan_id"):
    loan_id: UUID
    title: str


class BookIsOut(AppError):
    code = "book_is_out"
    kind = Kind.CONFLICT
    title = "The book is out"
    sentence = "Buku {title} sedang dipinjam."


consumers = Consumers("desk")
timers = Timers()
jobs = Jobs()


@consumers.on("desk", "BookLent", 1)
def handle_lending(tx: Transaction, event: Event) -> None:
    title = event.data["title"]
    if title == "always fails":
        raise ValueError("this book cannot be handled")
    if title == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    tx.session.add(HandledEvent(id=event.id, agency_id=tx.agency_id, subject=event.subject, sequence=event.sequence))
    tx.session.flush()


@timers.on("due_back")
def fall_due(tx: Transaction, timer: Timer) -> None:
    if timer.data.get("fails"):
        raise ValueError("not today")
    if timer.data.get("waits"):
        raise Unavailable
    tx.session.add(HandledEvent(id=UUID(timer.key), agency_id=tx.agency_id, subject="timer", sequence=0))


@dataclass(frozen=True)
class Lent:
    """How far a job has come in its file."""

    next: int = 0


@jobs.on("lend_many")
def lend_many(tx: Transaction, job: Job) -> Step:
    titles = job.content.decode().splitlines()
    start = job.cursor_as(Lent).next
    part = titles[start : start + 2]
    for number, title in enumerate(part, start=start + 2):
        if title == "kills":
            os.kill(os.getpid(), signal.SIGKILL)
        if title:
            lend(tx, title)
        else:
            job.issue(number, "title", title, "title_missing", "judul buku")
    return Step(finished=start + 2 >= len(titles), processed=len(part), cursor=Lent(start + 2), total=len(titles))


def lend(tx: Transaction, title: str) -> Loan:
    from chassis.ids import new_id

    loan = Loan(id=new_id(), agency_id=tx.agency_id, title=title, version=1)
    tx.session.add(loan)
    outbox.record(tx, BookLent(loan_id=loan.id, title=title))
    schedule(tx, "due_back", loan.id, tx.now + timedelta(days=14), {"title": title})
    return loan
