"""Read the feedback on a plan."""

from uuid import UUID

from appraisal.authorisation import is_log_reader, self_of
from appraisal.domain.feedback import Feedback
from appraisal.persistence import feedback
from appraisal.persistence.plans import load_plan
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork


def list_feedback(work: UnitOfWork, actor: Principal, plan_id: UUID, *, page: PageRequest) -> Page[Feedback]:
    """Who may read the log reads all; a giver who has no other relation reads their own only."""
    with work.transaction(actor.agency_id) as tx:
        giver_id = None if is_log_reader(actor, load_plan(tx, plan_id)) else self_of(actor)
        found = feedback.list_feedback(tx, page, plan_id, giver_id=giver_id)
        if giver_id is not None and not found.items:
            raise Forbidden
        audit.record(tx, actor, "feedback_read", "plan", plan_id)
        return found
