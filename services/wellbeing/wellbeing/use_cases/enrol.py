"""Enrol in a session of a programme."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.errors import AlreadyEnrolled, SessionFull, SessionOver
from wellbeing.domain.programmes import EnrolmentState
from wellbeing.persistence import directory, programmes
from wellbeing.persistence.models import Enrolment

from .programme_view import EnrolmentView, enrolment_view


def enrol(work: UnitOfWork, actor: Principal, session_id: UUID) -> EnrolmentView:
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        session = programmes.get_session(tx.session, session_id)
        if tx.now >= session.starts_at:
            raise SessionOver
        if programmes.enrolled(tx.session, session_id, actor.employee_id):
            raise AlreadyEnrolled
        if programmes.seats_taken(tx.session, [session_id])[session_id] >= session.seats:
            raise SessionFull(seats=session.seats)
        person = directory.employee(tx.session, tx.agency_id, actor.employee_id)
        row = Enrolment(
            agency_id=tx.agency_id,
            session_id=session_id,
            employee_id=actor.employee_id,
            unit_id=person.unit_id if person else None,
            state=EnrolmentState.ENROLLED.value,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "enrolled", "enrolment", row.enrolment_id)
        return enrolment_view(row)
