"""Programmes, sessions and enrolments as they are shown: who, where, when, whether they came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.unit_of_work import Transaction
from wellbeing.persistence import programmes
from wellbeing.persistence.models import Enrolment, Programme


@dataclass(frozen=True)
class SessionView:
    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    seats: int
    seats_left: int


@dataclass(frozen=True)
class ProgrammeView:
    programme_id: UUID
    name: str
    kind: str
    description: str
    sessions: list[SessionView]


@dataclass(frozen=True)
class EnrolmentView:
    enrolment_id: UUID
    session_id: UUID
    employee_id: UUID
    state: str


def programme_view(tx: Transaction, row: Programme) -> ProgrammeView:
    sessions = programmes.sessions_of(tx.session, row.programme_id)
    taken = programmes.seats_taken(tx.session, [one.session_id for one in sessions])
    return ProgrammeView(
        row.programme_id,
        row.name,
        row.kind,
        row.description,
        [
            SessionView(
                one.session_id, one.starts_at, one.ends_at, one.place, one.seats, one.seats - taken[one.session_id]
            )
            for one in sessions
        ],
    )


def enrolment_view(row: Enrolment) -> EnrolmentView:
    return EnrolmentView(row.enrolment_id, row.session_id, row.employee_id, row.state)
