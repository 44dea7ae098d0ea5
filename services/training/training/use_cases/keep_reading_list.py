"""Tie reference items to a goal of the plan, and note what has been read."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from training.persistence import library, needs, people
from training.persistence.models import Plan, PlanItem, Reading
from training.persistence.rows import View
from training.use_cases.draft_plan import plan_or_404
from training.use_cases.rights import authorise_act, is_self


def add_reading(work: UnitOfWork, actor: Principal, plan_id: UUID, plan_item_id: UUID, item_id: UUID) -> View:
    """The person, the appraiser or HR adds; adding twice changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        plan = plan_or_404(tx, plan_id, for_update=True)
        authorise_act(tx, actor, plan.employee_id)
        goal = _goal(tx, plan, plan_item_id)
        if library.item(tx, item_id) is None:
            raise NotFound(object="bahan pustaka", id=item_id)
        if _reading(tx, goal.id, item_id) is None:
            tx.session.add(
                Reading(
                    agency_id=tx.agency_id,
                    plan_item_id=goal.id,
                    item_id=item_id,
                    added_by=actor.account_id,
                    added_at=tx.now,
                    read_on=None,
                )
            )
            audit.record(tx, actor, "reading_added", "plan", plan.id)
            tx.session.flush()
        return needs.plan_view(tx, plan)


def mark_read(work: UnitOfWork, actor: Principal, plan_id: UUID, plan_item_id: UUID, item_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        plan = plan_or_404(tx, plan_id, for_update=True)
        if not is_self(actor, plan.employee_id):
            raise Forbidden
        reading = _reading(tx, _goal(tx, plan, plan_item_id).id, item_id)
        if reading is None:
            raise NotFound(object="bahan pada daftar bacaan", id=item_id)
        reading.read_on = reading.read_on or people.today(tx)
        tx.session.flush()
        return needs.plan_view(tx, plan)


def _goal(tx: Transaction, plan: Plan, plan_item_id: UUID) -> PlanItem:
    found = tx.session.get(PlanItem, plan_item_id)
    if found is None or found.plan_id != plan.id:
        raise NotFound(object="kegiatan rencana", id=plan_item_id)
    return found


def _reading(tx: Transaction, plan_item_id: UUID, item_id: UUID) -> Reading | None:
    return tx.session.query(Reading).filter_by(plan_item_id=plan_item_id, item_id=item_id).one_or_none()
