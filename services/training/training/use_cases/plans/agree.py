"""Agree to a plan: from then on its needs are planned."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from training.authorisation import require_plan_decider
from training.domain.need import NeedState
from training.domain.plan import Plan, PlanState, PlanView
from training.persistence.needs import lock_needs
from training.persistence.plans import (
    items_by_id,
    items_of,
    lock_plan,
    plans_of_year,
    update_item,
    update_plan,
    view_plan,
)
from training.use_cases.needs.move import move_need


def agree_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, *, note: str) -> PlanView:
    """The plan agreed before is superseded in the same moment; what it has finished stays finished."""
    with work.transaction(actor.agency_id) as tx:
        plan = lock_plan(tx, plan_id)
        require_plan_decider(tx, actor, plan.employee_id)
        agreed = plan.agreed(actor.account_id, tx.now, note)
        for other in plans_of_year(tx, plan.employee_id, plan.year):
            if other.state is PlanState.AGREED:
                update_plan(tx, other, other.superseded())
        saved = update_plan(tx, plan, agreed)
        audit.record(tx, actor, "plan_agreed", "plan", plan.id)
        _carry_over(tx, saved)
        _plan_needs(tx, actor, saved)
        return view_plan(tx, saved)


def _carry_over(tx: Transaction, plan: Plan) -> None:
    """Take over what was finished, or reopened, in the plan before while this one was being drafted."""
    items = items_of(tx, plan.id)
    originals = items_by_id(tx, [item.copied_from for item in items if item.copied_from])
    for item in items:
        original = originals.get(item.copied_from) if item.copied_from else None
        update_item(tx, item, item.carried_over(original))


def _plan_needs(tx: Transaction, actor: Principal, plan: Plan) -> None:
    """Move the open needs of the plan's items; a need that another item has planned already stays as it is."""
    reason = f"Direncanakan dalam IDP {plan.year} revisi {plan.revision}."
    needs = lock_needs(tx, [item.need_id for item in items_of(tx, plan.id) if item.need_id])
    for need in needs.values():
        if need.state is NeedState.OPEN:
            move_need(tx, need, NeedState.PLANNED, by=str(actor.account_id), reason=reason)
