"""Step back from a session that has not begun."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.errors import SessionOver
from wellbeing.domain.programmes import EnrolmentState, cancel
from wellbeing.persistence import programmes

from .programme_view import EnrolmentView, enrolment_view


def cancel_enrolment(work: UnitOfWork, actor: Principal, enrolment_id: UUID) -> EnrolmentView:
    with work.transaction(actor.agency_id) as tx:
        enrolment = programmes.get_enrolment(tx.session, enrolment_id)
        if actor.employee_id is None or enrolment.employee_id != actor.employee_id:
            raise Forbidden
        if tx.now >= programmes.get_session(tx.session, enrolment.session_id).starts_at:
            raise SessionOver
        enrolment.state = cancel(EnrolmentState(enrolment.state)).value
        audit.record(tx, actor, "enrolment_cancelled", "enrolment", enrolment_id)
        return enrolment_view(enrolment)
