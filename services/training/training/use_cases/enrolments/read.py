"""Read enrolments: those the caller may see, or a session's."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.authorisation import WHOLE_AGENCY, require_trainer, visible_people
from training.domain.enrolment import EnrolmentView, ListEnrolments
from training.persistence import enrolments
from training.persistence.sessions import load_session


def list_enrolments(work: UnitOfWork, actor: Principal, query: ListEnrolments) -> Page[EnrolmentView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "enrolments", query.employee_id, team=query.team)
        return enrolments.list_enrolments(tx, scope, query)


def list_participants(
    work: UnitOfWork, actor: Principal, session_id: UUID, *, page: PageRequest
) -> Page[EnrolmentView]:
    """For HR, inspectors and the session's trainer."""
    with work.transaction(actor.agency_id) as tx:
        require_trainer(actor, load_session(tx, session_id), *WHOLE_AGENCY)
        audit.record(tx, actor, "participants_read", "session", session_id)
        return enrolments.list_participants(tx, session_id, page)
