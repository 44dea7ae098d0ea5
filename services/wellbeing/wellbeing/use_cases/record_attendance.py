"""Record or correct whether somebody came."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.errors import SessionNotBegun
from wellbeing.domain.programmes import EnrolmentState, attend
from wellbeing.persistence import programmes

from .programme_view import EnrolmentView, enrolment_view


def record_attendance(work: UnitOfWork, actor: Principal, enrolment_id: UUID, *, present: bool) -> EnrolmentView:
    with work.transaction(actor.agency_id) as tx:
        enrolment = programmes.get_enrolment(tx.session, enrolment_id)
        if tx.now < programmes.get_session(tx.session, enrolment.session_id).starts_at:
            raise SessionNotBegun
        enrolment.state = attend(EnrolmentState(enrolment.state), present=present).value
        audit.record(tx, actor, "attendance_recorded", "enrolment", enrolment_id, state=enrolment.state)
        return enrolment_view(enrolment)
