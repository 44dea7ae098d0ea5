"""Enrol somebody in a session: a seat, or a place on its waiting list."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today
from training.authorisation import require_party, subject_of
from training.domain.enrolment import Enrolment, EnrolmentView
from training.domain.errors import AlreadyEnrolled, EmployeeNotAvailable
from training.domain.people import ABSENT_STATUSES
from training.domain.session import TrainingSession
from training.persistence.enrolments import (
    insert_enrolment,
    live_enrolments,
    load_enrolment,
    view_enrolment,
    waiting_enrolments,
)
from training.persistence.people import stretch_on
from training.persistence.sessions import lock_session
from training.use_cases.enrolments.promote import confirm


def enrol(work: UnitOfWork, actor: Principal, session_id: UUID, *, employee_id: UUID | None) -> EnrolmentView:
    """Everything that touches a session's seats holds the lock on its row, so no seat is given twice."""
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        session = lock_session(tx, session_id)
        require_party(tx, actor, subject)
        session.require_enrolment(today(tx), by_hr=actor.has("hr_officer"))
        _require_available(tx, session, subject)
        free = session.has_free_seat(len(waiting_enrolments(tx, session.id)))
        enrolment = Enrolment.requested(new_id(), session.id, subject, by=actor.account_id, now=tx.now)
        insert_enrolment(tx, enrolment)
        audit.record(tx, actor, "enrolled", "employee", subject, session_id=session.id)
        if free:
            confirm(tx, session, [enrolment])
        return view_enrolment(tx, load_enrolment(tx, enrolment.id))


def _require_available(tx: Transaction, session: TrainingSession, employee_id: UUID) -> None:
    """Raise EmployeeNotAvailable for who is absent on the session's first day, AlreadyEnrolled for who is in it."""
    person = stretch_on(tx, employee_id, session.starts_on)
    if person is not None and person.status in ABSENT_STATUSES:
        raise EmployeeNotAvailable(status=person.status)
    for existing in live_enrolments(tx, session.id, [employee_id]):
        raise AlreadyEnrolled(state=existing.state)
