"""List enrolments: one's own, or a session's for the officer who records attendance."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.programme import EnrolmentsView, EnrolmentView
from wellbeing.persistence.programmes import enrolments_of_employee, enrolments_of_session, load_session


def list_own_enrolments(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[EnrolmentView]:
    """Return one's own enrolments, the newest first."""
    employee_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        return enrolments_of_employee(tx, employee_id, page).of(EnrolmentView.of)


def list_attendance(work: UnitOfWork, actor: Principal, session_id: UUID) -> EnrolmentsView:
    """Return who is enrolled in a session. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        load_session(tx, session_id)
        audit.record(tx, actor, "attendance_read", "programme_session", session_id)
        return EnrolmentsView([EnrolmentView.of(one) for one in enrolments_of_session(tx, session_id)])
