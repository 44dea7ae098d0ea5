"""Call a session off."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.session import SessionView
from training.persistence.enrolments import cancel_enrolments, live_enrolments
from training.persistence.sessions import lock_session, update_session, view_session


def call_off_session(work: UnitOfWork, actor: Principal, session_id: UUID, *, reason: str) -> SessionView:
    """All who are enrolled or waiting are released; those who have completed it are not touched."""
    with work.transaction(actor.agency_id) as tx:
        before = lock_session(tx, session_id)
        released = [one for one in live_enrolments(tx, session_id) if one.may_cancel]
        session = update_session(tx, before, before.called_off(sum(one.has_seat for one in released)))
        cancel_enrolments(tx, [one.cancelled(tx.now, reason) for one in released])
        audit.record(tx, actor, "session_called_off", "session", session_id)
        return view_session(tx, session)
