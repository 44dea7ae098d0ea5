"""Put reference items on the reading list of a plan's item, and record what has been read."""

from dataclasses import replace
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import required
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import require_party, require_self
from training.domain.plan import PlanView, Reading
from training.persistence.plans import find_reading, insert_readings, load_item, lock_plan, update_reading, view_plan
from training.persistence.reference_items import load_item as load_reference_item


def add_reading(work: UnitOfWork, actor: Principal, *, plan_id: UUID, plan_item_id: UUID, item_id: UUID) -> PlanView:
    """The person, the appraiser or HR adds; adding twice changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        plan = lock_plan(tx, plan_id)
        require_party(tx, actor, plan.employee_id)
        goal = load_item(tx, plan.id, plan_item_id)
        load_reference_item(tx, item_id)
        if find_reading(tx, goal.id, item_id) is None:
            insert_readings(tx, [Reading(new_id(), goal.id, item_id, actor.account_id, tx.now)])
            audit.record(tx, actor, "reading_added", "plan", plan.id)
        return view_plan(tx, plan)


def mark_read(work: UnitOfWork, actor: Principal, *, plan_id: UUID, plan_item_id: UUID, item_id: UUID) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = lock_plan(tx, plan_id)
        require_self(actor, plan.employee_id)
        goal = load_item(tx, plan.id, plan_item_id)
        reading = required(find_reading(tx, goal.id, item_id), "bahan pada daftar bacaan", item_id)
        update_reading(tx, reading, replace(reading, read_on=reading.read_on or today(tx)))
        return view_plan(tx, plan)
