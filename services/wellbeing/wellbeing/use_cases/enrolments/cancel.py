"""Cancel one's enrolment in a session that has not begun."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.programme import EnrolmentView
from wellbeing.persistence.programmes import load_enrolment, load_session, save_enrolment_state


def cancel_enrolment(work: UnitOfWork, actor: Principal, enrolment_id: UUID) -> EnrolmentView:
    """Free the seat. Raise NotFound, Forbidden, SessionOver, EnrolmentClosed."""
    with work.transaction(actor.agency_id) as tx:
        before = load_enrolment(tx, enrolment_id)
        if before.employee_id != self_of(actor):
            raise Forbidden
        load_session(tx, before.session_id).require_not_begun(tx.now)
        after = before.cancelled()
        save_enrolment_state(tx, after)
        audit.record(tx, actor, "enrolment_cancelled", "enrolment", enrolment_id)
        return EnrolmentView.of(after)
