"""Who is enrolled in a session, for the officer who records attendance."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import programmes

from .programme_view import EnrolmentView, enrolment_view


def list_attendance(work: UnitOfWork, actor: Principal, session_id: UUID) -> list[EnrolmentView]:
    with work.transaction(actor.agency_id) as tx:
        programmes.get_session(tx.session, session_id)
        audit.record(tx, actor, "attendance_read", "programme_session", session_id)
        return [enrolment_view(row) for row in programmes.enrolments_of_session(tx.session, session_id)]
