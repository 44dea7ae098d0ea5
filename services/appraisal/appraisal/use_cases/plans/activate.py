"""Agree a submitted plan, one or many of the appraiser's subordinates at once."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from appraisal.authorisation import acting_capacity, official_on
from appraisal.domain.batches import ItemError
from appraisal.domain.plan import Plan, PlanMove
from appraisal.domain.plan_views import PlanHeadView, PlanOutcomesView, PlanOutcomeView
from appraisal.domain.values import Capacity, PlanState
from appraisal.events import PlanActivated
from appraisal.persistence.people import left_by
from appraisal.persistence.plans import load_plans, save_move, save_moves
from appraisal.use_cases.obligations.keep import keep_agreed_plans
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import AppError, VersionConflict, required
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def activate_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> PlanHeadView:
    with work.transaction(actor.agency_id) as tx:
        before = _required(load_plans(tx, [plan_id]), plan_id)
        by = acting_capacity(tx, actor, before.employee_id, before.appraiser_id)
        after, who = before.activated(), str(by.official)
        saved = save_move(tx, before, after, PlanMove.ACTIVATE, who, capacity=by.capacity)
        keep_agreed_plans(tx, [saved])
        _record(tx, actor, saved)
        return PlanHeadView.of(saved, has_left=bool(left_by(tx, [saved.employee_id], today(tx))))


def activate_plans(work: UnitOfWork, actor: Principal, *, plan_ids: Sequence[UUID]) -> PlanOutcomesView:
    """Activate what can be; each plan has its own outcome, and one already active counts as done."""
    with work.transaction(actor.agency_id) as tx:
        found = load_plans(tx, plan_ids)
        official = official_on(tx, actor, [(one.employee_id, one.appraiser_id) for one in found.values()], today(tx))
        outcomes: dict[UUID, PlanOutcomeView] = {}
        moved: dict[Capacity, list[tuple[Plan, Plan]]] = defaultdict(list)
        for plan_id in dict.fromkeys(plan_ids):
            try:
                before = _required(found, plan_id)
                capacity = official.capacity(before.employee_id, before.appraiser_id)
                if before.state is PlanState.ACTIVE:
                    outcomes[plan_id] = PlanOutcomeView(plan_id, "UNCHANGED")
                    continue
                moved[capacity].append((before, before.activated()))
                outcomes[plan_id] = PlanOutcomeView(plan_id, "ACTIVATED")
            except AppError as error:
                outcomes[plan_id] = PlanOutcomeView(plan_id, "REFUSED", ItemError.of(error))
        agreed: list[Plan] = []
        for capacity, plans in moved.items():
            saved = save_moves(tx, plans, PlanMove.ACTIVATE, str(actor.employee_id), capacity=capacity)
            for _, after in plans:
                if after.id in saved:
                    agreed.append(after)
                    _record(tx, actor, after)
                else:
                    outcomes[after.id] = PlanOutcomeView(after.id, "REFUSED", ItemError.of(VersionConflict()))
        keep_agreed_plans(tx, agreed)
        return PlanOutcomesView(tuple(outcomes.values()))


def _required(found: dict[UUID, Plan], plan_id: UUID) -> Plan:
    """Return a plan. Raise NotFound."""
    return required(found.get(plan_id), "SKP", plan_id)


def _record(tx: Transaction, actor: Principal, plan: Plan) -> None:
    outbox.record(
        tx, PlanActivated(plan_id=plan.id, employee_id=plan.employee_id, year=plan.year, plan_version=plan.plan_version)
    )
    audit.record(tx, actor, "plan_activated", "plan", plan.id, plan_version=plan.plan_version)
