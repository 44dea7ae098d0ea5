"""Change a session's dates, place or seats."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.domain.session import ChangeSession, SessionView
from training.persistence.sessions import lock_session, update_session, view_session
from training.use_cases.enrolments.promote import promote


def change_session(work: UnitOfWork, actor: Principal, command: ChangeSession) -> SessionView:
    """With more seats the waiting move up at once."""
    with work.transaction(actor.agency_id) as tx:
        before = lock_session(tx, command.session_id)
        require_version(command.expected_version, before.version)
        session = promote(tx, update_session(tx, before, before.changed(command)), today(tx))
        audit.record(tx, actor, "session_changed", "session", session.id)
        return view_session(tx, session)
