"""Agree a submitted plan, one or many of the appraiser's subordinates at once."""

from collections.abc import Sequence
from uuid import UUID

from appraisal.authorisation import require_one_of
from appraisal.domain.batches import ItemError
from appraisal.domain.plan import Plan, PlanMove
from appraisal.domain.plan_views import PlanHeadView, PlanOutcomesView, PlanOutcomeView
from appraisal.domain.values import PlanState
from appraisal.events import PlanActivated
from appraisal.persistence.plans import load_plans, save_move, save_moves
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import AppError, NotFound, VersionConflict
from chassis.unit_of_work import Transaction, UnitOfWork


def activate_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> PlanHeadView:
    with work.transaction(actor.agency_id) as tx:
        before = _own_subordinates(actor, load_plans(tx, [plan_id]), plan_id)
        saved = save_move(tx, before, before.activated(), PlanMove.ACTIVATE, str(actor.employee_id))
        _record(tx, actor, saved)
        return PlanHeadView.of(saved)


def activate_plans(work: UnitOfWork, actor: Principal, *, plan_ids: Sequence[UUID]) -> PlanOutcomesView:
    """Activate what can be; each plan has its own outcome, and one already active counts as done."""
    with work.transaction(actor.agency_id) as tx:
        found = load_plans(tx, plan_ids)
        outcomes: dict[UUID, PlanOutcomeView] = {}
        moved: list[tuple[Plan, Plan]] = []
        for plan_id in dict.fromkeys(plan_ids):
            try:
                before = _own_subordinates(actor, found, plan_id)
                if before.state is PlanState.ACTIVE:
                    outcomes[plan_id] = PlanOutcomeView(plan_id, "UNCHANGED")
                    continue
                moved.append((before, before.activated()))
                outcomes[plan_id] = PlanOutcomeView(plan_id, "ACTIVATED")
            except AppError as error:
                outcomes[plan_id] = PlanOutcomeView(plan_id, "REFUSED", ItemError.of(error))
        saved = save_moves(tx, moved, PlanMove.ACTIVATE, str(actor.employee_id))
        for _, after in moved:
            if after.id in saved:
                _record(tx, actor, after)
            else:
                outcomes[after.id] = PlanOutcomeView(after.id, "REFUSED", ItemError.of(VersionConflict()))
        return PlanOutcomesView(tuple(outcomes.values()))


def _own_subordinates(actor: Principal, found: dict[UUID, Plan], plan_id: UUID) -> Plan:
    """Return the plan of somebody whom the caller appraises. Raise NotFound or Forbidden."""
    if plan_id not in found:
        raise NotFound(object="SKP", id=plan_id)
    require_one_of(actor, [found[plan_id].appraiser_id])
    return found[plan_id]


def _record(tx: Transaction, actor: Principal, plan: Plan) -> None:
    outbox.record(
        tx, PlanActivated(plan_id=plan.id, employee_id=plan.employee_id, year=plan.year, plan_version=plan.plan_version)
    )
    audit.record(tx, actor, "plan_activated", "plan", plan.id, plan_version=plan.plan_version)
