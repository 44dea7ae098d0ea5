"""Read sessions to choose from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.domain.session import SessionView
from training.persistence import sessions
from training.persistence.people import today


@dataclass(frozen=True)
class ListSessions:
    """`enrolling`: only those that take enrolments today."""

    page: PageRequest
    course_code: str | None = None
    starts_from: date | None = None
    starts_until: date | None = None
    enrolling: bool = False


def show_session(work: UnitOfWork, actor: Principal, session_id: UUID) -> SessionView:
    with work.transaction(actor.agency_id) as tx:
        return sessions.view_session(tx, sessions.load_session(tx, session_id))


def list_sessions(work: UnitOfWork, actor: Principal, query: ListSessions) -> Page[SessionView]:
    with work.transaction(actor.agency_id) as tx:
        return sessions.list_sessions(
            tx,
            query.page,
            course_code=query.course_code,
            starts_from=query.starts_from,
            starts_until=query.starts_until,
            enrolling_on=today(tx) if query.enrolling else None,
        )
