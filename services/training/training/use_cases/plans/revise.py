"""Begin the next revision of an agreed plan."""

from dataclasses import replace
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from training.authorisation import require_self_or_hr
from training.domain.plan import Plan, PlanView, plan_exists
from training.persistence.locked_rows import lock
from training.persistence.plans import (
    insert_items,
    insert_plan,
    insert_readings,
    items_of,
    load_plan,
    plans_of_year,
    readings_of,
    view_plan,
)


def revise_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> PlanView:
    """Copy the agreed plan into a new draft; the agreed one holds until the new one is agreed."""
    with work.transaction(actor.agency_id) as tx:
        old = load_plan(tx, plan_id)
        require_self_or_hr(tx, actor, old.employee_id)
        lock(tx, "plan", f"{old.employee_id}:{old.year}")
        plan = old.revised(new_id(), tx.now)
        latest = plans_of_year(tx, old.employee_id, old.year)[-1]
        if latest.id != old.id:
            raise plan_exists(old.year, latest.id)
        insert_plan(tx, plan)
        _copy_items(tx, old, plan)
        audit.record(tx, actor, "plan_drafted", "plan", plan.id, year=plan.year, revision=plan.revision)
        return view_plan(tx, plan)


def _copy_items(tx: Transaction, old: Plan, plan: Plan) -> None:
    items = items_of(tx, old.id)
    copies = {item.id: item.copied(new_id(), plan) for item in items}
    insert_items(tx, list(copies.values()))
    readings = readings_of(tx, list(copies))
    insert_readings(tx, [replace(one, id=new_id(), plan_item_id=copies[one.plan_item_id].id) for one in readings])
