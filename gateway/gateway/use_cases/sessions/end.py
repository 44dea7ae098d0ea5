"""End one's own sessions: the present one, a named one, or all others."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.session import EndedSessionsView
from gateway.persistence.sessions import end_sessions


def end_session(work: UnitOfWork, services: IdentityServices, actor: Principal, session_id: UUID) -> None:
    """End one session of the caller. Raise NotFound when there is no such live session."""
    with work.transaction(actor.agency_id) as tx:
        if not end_sessions(tx, actor.account_id, services.now(), "signed_out", only=session_id):
            raise NotFound(object="sesi", id=session_id)
        audit.record(tx, actor, "session.ended", "account", actor.account_id, session_id=session_id)


def end_other_sessions(
    work: UnitOfWork, services: IdentityServices, actor: Principal, current: UUID | None
) -> EndedSessionsView:
    """End all sessions of the caller but the present one; return how many."""
    with work.transaction(actor.agency_id) as tx:
        ended = end_sessions(tx, actor.account_id, services.now(), "ended_by_owner", except_for=current)
        audit.record(tx, actor, "session.others_ended", "account", actor.account_id, count=ended)
        return EndedSessionsView(ended)
