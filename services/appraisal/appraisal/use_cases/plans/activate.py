"""Agree a submitted plan, one or many of the appraiser's subordinates at once: as it was read, and not otherwise."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from appraisal.authorisation import acting_capacity, official_on
from appraisal.domain.batches import ItemError
from appraisal.domain.capacity import OfficialToday
from appraisal.domain.plan import Plan, PlanAsRead, PlanMove
from appraisal.domain.plan_views import PlanHeadView, PlanOutcomesView, PlanOutcomeView
from appraisal.domain.values import Capacity, PlanState
from appraisal.events import PlanActivated
from appraisal.persistence.people import left_by
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plans import conflict_of, load_plans, save_move, save_moves
from appraisal.persistence.result_links import apply_drafts
from appraisal.use_cases.obligations.keep import keep_agreed_plans
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import AppError, required
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def activate_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, *, version: int) -> PlanHeadView:
    """Agree the plan as the appraiser has read it; `version` is that of the row. Raise VersionConflict."""
    with work.transaction(actor.agency_id) as tx:
        before = _required(load_plans(tx, [plan_id]), plan_id)
        by = acting_capacity(tx, actor, before.employee_id, before.appraiser_id)
        require_seen(tx, before, version)
        after = before.activated()
        saved = save_move(tx, before, after, PlanMove.ACTIVATE, by.official, capacity=by.capacity)
        apply_drafts(tx, [saved.id], by.official)
        keep_agreed_plans(tx, [saved])
        _record(tx, actor, saved)
        return PlanHeadView.of(saved, has_left=bool(left_by(tx, [saved.employee_id], today(tx))))


def activate_plans(work: UnitOfWork, actor: Principal, *, plans: Sequence[PlanAsRead]) -> PlanOutcomesView:
    """Activate what can be; each plan has its own outcome, and one already active counts as done.

    A plan that is named again in the same request is not looked at again.
    """
    with work.transaction(actor.agency_id) as tx:
        found = load_plans(tx, [one.plan_id for one in plans])
        official = official_on(tx, actor, [(one.employee_id, one.appraiser_id) for one in found.values()], today(tx))
        outcomes: dict[UUID, PlanOutcomeView] = {}
        moved: dict[Capacity, list[tuple[Plan, Plan]]] = defaultdict(list)
        for one in plans:
            if one.plan_id in outcomes:
                continue
            try:
                before = _required(found, one.plan_id)
                capacity, after = _activated(tx, before, official, one.version)
                if after is not None:
                    moved[capacity].append((before, after))
                outcomes[before.id] = PlanOutcomeView(before.id, "ACTIVATED" if after is not None else "UNCHANGED")
            except AppError as error:
                outcomes[one.plan_id] = PlanOutcomeView(one.plan_id, "REFUSED", ItemError.of(error))
        agreed: list[Plan] = []
        for capacity, pairs in moved.items():
            saved = save_moves(tx, pairs, PlanMove.ACTIVATE, actor.employee_id, capacity=capacity)
            for before, after in pairs:
                if after.id in saved:
                    agreed.append(after)
                    _record(tx, actor, after)
                else:
                    refusal = ItemError.of(conflict_of(tx, before))
                    outcomes[after.id] = PlanOutcomeView(after.id, "REFUSED", refusal)
        apply_drafts(tx, [one.id for one in agreed], actor.employee_id)
        keep_agreed_plans(tx, agreed)
        return PlanOutcomesView(tuple(outcomes.values()))


def _activated(tx: Transaction, before: Plan, official: OfficialToday, version: int) -> tuple[Capacity, Plan | None]:
    """Return the plan as agreed, and as whom; None when it has been agreed."""
    capacity = official.capacity(before.employee_id, before.appraiser_id)
    if before.state is PlanState.ACTIVE:
        return capacity, None
    require_seen(tx, before, version)
    return capacity, before.activated()


def _required(found: dict[UUID, Plan], plan_id: UUID) -> Plan:
    """Return a plan. Raise NotFound."""
    return required(found.get(plan_id), "SKP", plan_id)


def _record(tx: Transaction, actor: Principal, plan: Plan) -> None:
    outbox.record(
        tx, PlanActivated(plan_id=plan.id, employee_id=plan.employee_id, year=plan.year, plan_version=plan.plan_version)
    )
    audit.record(tx, actor, "plan_activated", "plan", plan.id, plan_version=plan.plan_version)
