"""Return a submitted plan with what should change."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_plan_decider
from training.domain.plan import PlanView
from training.persistence.plans import lock_plan, update_plan, view_plan


def return_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, *, note: str) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = lock_plan(tx, plan_id)
        require_plan_decider(tx, actor, plan.employee_id)
        saved = update_plan(tx, plan, plan.returned(note))
        audit.record(tx, actor, "plan_returned", "plan", plan.id)
        return view_plan(tx, saved)
