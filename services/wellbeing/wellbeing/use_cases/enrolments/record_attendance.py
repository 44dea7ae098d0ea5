"""Record or correct whether somebody came."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.programme import EnrolmentView
from wellbeing.persistence.programmes import load_enrolment, load_session, save_enrolment_state


def record_attendance(work: UnitOfWork, actor: Principal, enrolment_id: UUID, *, present: bool) -> EnrolmentView:
    """Save attendance. Raise NotFound, SessionNotBegun, EnrolmentClosed."""
    with work.transaction(actor.agency_id) as tx:
        before = load_enrolment(tx, enrolment_id)
        load_session(tx, before.session_id).require_begun(tx.now)
        after = before.attended(present=present)
        save_enrolment_state(tx, after)
        audit.record(tx, actor, "attendance_recorded", "enrolment", enrolment_id, state=after.state)
        return EnrolmentView.of(after)
