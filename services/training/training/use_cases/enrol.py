"""Give a seat in a session, or a place on its waiting list; free it again, and let the next one move up.

Everything that touches a session's seats holds the lock on its row, so seats cannot be given twice.
"""

from uuid import UUID

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import (
    AlreadyEnrolled,
    EmployeeNotAvailable,
    EnrolmentClosed,
    EnrolmentWindowClosed,
    SessionClosed,
    SessionHasBegun,
)
from training.domain.sessions import ABSENT_STATUSES, EnrolmentState, SessionState, Window, place, promotable
from training.events import TrainingEnrolled
from training.persistence import catalogue, people
from training.persistence.models import Enrolment, TrainingSession
from training.persistence.rows import View
from training.use_cases.rights import authorise_act, subject_of


def enrol(work: UnitOfWork, actor: Principal, session_id: UUID, employee_id: UUID | None) -> View:
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        session = catalogue.session(tx, session_id, for_update=True)
        if session is None:
            raise NotFound(object="sesi pelatihan", id=session_id)
        authorise_act(tx, actor, subject)
        _check(tx, actor, session, subject)
        waiting = len(catalogue.waiting_of(tx, session.id))
        row = Enrolment(
            agency_id=tx.agency_id,
            session_id=session.id,
            employee_id=subject,
            state=EnrolmentState.WAITING,
            requested_by=actor.account_id,
            enrolled_at=tx.now,
            confirmed_at=None,
            cancelled_at=None,
            cancel_reason=None,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "enrolled", "employee", subject, session_id=session.id)
        if place(session.seats, session.taken, waiting) is EnrolmentState.CONFIRMED:
            _confirm(tx, session, row)
        return catalogue.enrolment_views(tx, [row])[0]


def cancel_enrolment(work: UnitOfWork, actor: Principal, enrolment_id: UUID, reason: str) -> View:
    """Until the session begins the person or the appraiser may withdraw; the HR officer also later."""
    with work.transaction(actor.agency_id) as tx:
        found = catalogue.enrolment(tx, enrolment_id)
        if found is None:
            raise NotFound(object="pendaftaran", id=enrolment_id)
        authorise_act(tx, actor, found.employee_id)
        session = catalogue.session(tx, found.session_id, for_update=True)
        row = catalogue.enrolment(tx, enrolment_id)
        assert session is not None
        assert row is not None
        if row.state not in {EnrolmentState.CONFIRMED, EnrolmentState.WAITING}:
            raise EnrolmentClosed(state=row.state)
        if people.today(tx) >= session.starts_on and not actor.has("hr_officer"):
            raise SessionHasBegun(starts_on=session.starts_on)
        held_seat = row.state == EnrolmentState.CONFIRMED
        row.state = EnrolmentState.CANCELLED
        row.cancelled_at, row.cancel_reason = tx.now, reason
        session.taken -= 1 if held_seat else 0
        tx.session.flush()
        audit.record(tx, actor, "enrolment_cancelled", "employee", row.employee_id, enrolment_id=row.id)
        promote(tx, session)
        return catalogue.enrolment_views(tx, [row])[0]


def promote(tx: Transaction, session: TrainingSession) -> None:
    """Move the longest waiting up into free seats. The caller holds the lock on the session."""
    waiting = catalogue.waiting_of(tx, session.id)
    free = promotable(session.seats, session.taken, len(waiting), today=people.today(tx), starts_on=session.starts_on)
    for row in waiting[:free]:
        _confirm(tx, session, row)


def _check(tx: Transaction, actor: Principal, session: TrainingSession, employee_id: UUID) -> None:
    """The window binds everybody but the HR officer, who may add people until the session ends."""
    if session.state != SessionState.OPEN:
        raise SessionClosed
    today = people.today(tx)
    window = Window(session.enrol_opens_on, session.enrol_closes_on)
    if not (window.is_open(today) or (actor.has("hr_officer") and today <= session.ends_on)):
        raise EnrolmentWindowClosed(opens_on=window.opens_on, closes_on=window.closes_on)
    person = people.employee(tx, employee_id)
    if person is not None and person.status in ABSENT_STATUSES:
        raise EmployeeNotAvailable(status=person.status)
    existing = catalogue.live_enrolment(tx, session.id, employee_id)
    if existing is not None:
        raise AlreadyEnrolled(state=existing.state)


def _confirm(tx: Transaction, session: TrainingSession, row: Enrolment) -> None:
    row.state, row.confirmed_at = EnrolmentState.CONFIRMED, tx.now
    session.taken += 1
    tx.session.flush()
    outbox.record(
        tx,
        TrainingEnrolled(
            enrolment_id=row.id, session_id=session.id, employee_id=row.employee_id, starts_on=session.starts_on
        ),
    )
