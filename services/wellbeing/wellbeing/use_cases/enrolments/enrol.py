"""Enrol in a session of a programme."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.errors import AlreadyEnrolled
from wellbeing.domain.programme import Enrolment, EnrolmentView
from wellbeing.persistence.directory import find_employee
from wellbeing.persistence.programmes import insert_enrolment, is_enrolled, load_session, seats_taken


def enrol(work: UnitOfWork, actor: Principal, session_id: UUID) -> EnrolmentView:
    """Take a seat. Raise NotFound, SessionOver, AlreadyEnrolled, SessionFull."""
    employee_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        session = load_session(tx, session_id)
        session.require_not_begun(tx.now)
        if is_enrolled(tx, session_id, employee_id):
            raise AlreadyEnrolled
        session.require_seat(seats_taken(tx, [session_id])[session_id])
        employee = find_employee(tx, employee_id)
        enrolment = Enrolment(new_id(), session_id, employee_id, employee.unit_id if employee else None)
        insert_enrolment(tx, enrolment)
        audit.record(tx, actor, "enrolled", "enrolment", enrolment.enrolment_id)
        return EnrolmentView.of(enrolment)
