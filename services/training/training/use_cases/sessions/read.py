"""Read sessions to choose from."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.domain.session import ListSessions, SessionView
from training.persistence import sessions


def show_session(work: UnitOfWork, actor: Principal, session_id: UUID) -> SessionView:
    with work.transaction(actor.agency_id) as tx:
        return sessions.view_session(tx, sessions.load_session(tx, session_id))


def list_sessions(work: UnitOfWork, actor: Principal, query: ListSessions) -> Page[SessionView]:
    with work.transaction(actor.agency_id) as tx:
        return sessions.list_sessions(tx, query, today(tx))
