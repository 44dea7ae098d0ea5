"""Return a submitted plan to the employee with a reason."""

from uuid import UUID

from appraisal.authorisation import acting_capacity
from appraisal.domain.plan import PlanMove
from appraisal.domain.plan_views import PlanHeadView
from appraisal.persistence.people import left_by
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plans import load_plan, save_move
from appraisal.use_cases.obligations.keep import keep_plan
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def return_plan(
    work: UnitOfWork, actor: Principal, plan_id: UUID, *, reason: str, expected_version: int | None
) -> PlanHeadView:
    with work.transaction(actor.agency_id) as tx:
        before = load_plan(tx, plan_id)
        by = acting_capacity(tx, actor, before.employee_id, before.appraiser_id)
        require_seen(tx, before, expected_version)
        after, who = before.moved(PlanMove.RETURN), by.official
        saved = save_move(tx, before, after, PlanMove.RETURN, who, reason=reason, capacity=by.capacity)
        keep_plan(tx, saved)
        audit.record(tx, actor, "plan_returned", "plan", plan_id, plan_version=saved.plan_version)
        return PlanHeadView.of(saved, has_left=bool(left_by(tx, [saved.employee_id], today(tx))))
