"""Announce a session of a course."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.domain.session import AnnounceSession, SessionView, TrainingSession
from training.persistence.courses import load_course
from training.persistence.sessions import insert_session, view_session


def announce_session(work: UnitOfWork, actor: Principal, command: AnnounceSession) -> SessionView:
    with work.transaction(actor.agency_id) as tx:
        course = load_course(tx, command.course_code)
        session = TrainingSession.announced(new_id(), course, command, today(tx))
        insert_session(tx, session)
        audit.record(tx, actor, "session_announced", "session", session.id)
        return view_session(tx, session)
