"""Submit a draft to the appraiser."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_self_or_hr
from training.domain.plan import PlanView
from training.persistence.plans import items_of, lock_plan, update_plan, view_plan


def submit_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = lock_plan(tx, plan_id)
        require_self_or_hr(tx, actor, plan.employee_id)
        saved = update_plan(tx, plan, plan.submitted(has_items=bool(items_of(tx, plan.id))))
        audit.record(tx, actor, "plan_submitted", "plan", plan.id)
        return view_plan(tx, saved)
