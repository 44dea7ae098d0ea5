"""Agree a submitted plan, one or many of the appraiser's subordinates at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from appraisal.authorisation import require_one_of
from appraisal.domain.plan import Plan
from appraisal.domain.values import PlanState
from appraisal.events import PlanActivated
from appraisal.persistence.plans import activate_plans, load_plans
from appraisal.use_cases.outcomes import failure
from appraisal.use_cases.plan_views import head_view
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import AppError, NotFound, VersionConflict
from chassis.unit_of_work import Transaction, UnitOfWork


def activate_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plans(tx, [plan_id]).get(plan_id)
        after = _checked(actor, plan, plan_id)
        assert plan is not None
        if not activate_plans(tx, [plan], str(actor.employee_id)):
            raise VersionConflict
        _tell(tx, actor, after)
        return head_view(after)


def activate_plans_at_once(work: UnitOfWork, actor: Principal, plan_ids: Sequence[UUID]) -> dict[str, Any]:
    """Activate what can be; each plan gets its own outcome, and one already active counts as done."""
    with work.transaction(actor.agency_id) as tx:
        found = load_plans(tx, plan_ids)
        after: dict[UUID, Plan] = {}
        outcomes: dict[UUID, dict[str, Any]] = {}
        for plan_id in plan_ids:
            plan = found.get(plan_id)
            try:
                if plan is not None and plan.state is PlanState.ACTIVE:
                    require_one_of(actor, [plan.appraiser_id])
                    outcomes[plan_id] = {"plan_id": plan_id, "outcome": "UNCHANGED", "error": None}
                else:
                    after[plan_id] = _checked(actor, plan, plan_id)
            except AppError as error:
                outcomes[plan_id] = {"plan_id": plan_id, "outcome": "REFUSED", "error": failure(error)}
        done = activate_plans(tx, [found[i] for i in after], str(actor.employee_id)) if after else set()
        for plan_id, plan in after.items():
            if plan_id in done:
                _tell(tx, actor, plan)
                outcomes[plan_id] = {"plan_id": plan_id, "outcome": "ACTIVATED", "error": None}
            else:
                outcomes[plan_id] = {"plan_id": plan_id, "outcome": "REFUSED", "error": failure(VersionConflict())}
        return {"items": [outcomes[i] for i in dict.fromkeys(plan_ids)]}


def _checked(actor: Principal, plan: Plan | None, plan_id: UUID) -> Plan:
    if plan is None:
        raise NotFound(object="SKP", id=plan_id)
    require_one_of(actor, [plan.appraiser_id])
    return plan.activated()


def _tell(tx: Transaction, actor: Principal, plan: Plan) -> None:
    outbox.record(
        tx, PlanActivated(plan_id=plan.id, employee_id=plan.employee_id, year=plan.year, plan_version=plan.plan_version)
    )
    audit.record(tx, actor, "plan_activated", "plan", plan.id, plan_version=plan.plan_version)
