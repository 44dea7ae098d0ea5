"""Cancel an enrolment; the longest waiting gets the seat."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import require_party
from training.domain.enrolment import EnrolmentView
from training.persistence.enrolments import load_enrolment, update_enrolment, view_enrolment
from training.persistence.sessions import lock_session, update_seats
from training.use_cases.enrolments.promote import promote


def cancel_enrolment(work: UnitOfWork, actor: Principal, enrolment_id: UUID, *, reason: str) -> EnrolmentView:
    """Until the session begins the person or the appraiser may withdraw; the HR officer also later."""
    with work.transaction(actor.agency_id) as tx:
        found = load_enrolment(tx, enrolment_id)
        require_party(tx, actor, found.employee_id)
        session = lock_session(tx, found.session_id)
        # read again under the lock: a seat may have come free meanwhile
        enrolment = load_enrolment(tx, enrolment_id)
        cancelled = enrolment.cancelled(tx.now, reason)
        day = today(tx)
        session.require_withdrawal(day, by_hr=actor.has("hr_officer"))
        update_enrolment(tx, enrolment, cancelled)
        freed = session.with_seats_taken(-1 if enrolment.has_seat else 0)
        update_seats(tx, session, freed)
        audit.record(tx, actor, "enrolment_cancelled", "employee", enrolment.employee_id, enrolment_id=enrolment_id)
        promote(tx, freed, day)
        return view_enrolment(tx, cancelled)
