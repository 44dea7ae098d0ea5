"""Close a plan before its year is over, as when somebody moves to another post; a new plan may follow."""

from uuid import UUID

from appraisal.domain.plan import PlanMove
from appraisal.domain.plan_views import PlanHeadView
from appraisal.domain.values import Capacity
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plans import load_plan, save_move
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def close_plan(
    work: UnitOfWork, actor: Principal, plan_id: UUID, *, reason: str, expected_version: int | None
) -> PlanHeadView:
    with work.transaction(actor.agency_id) as tx:
        before = load_plan(tx, plan_id)
        require_seen(tx, before, expected_version)
        after = before.moved(PlanMove.CLOSE)
        saved = save_move(tx, before, after, PlanMove.CLOSE, actor.account_id, reason=reason, capacity=Capacity.HR)
        refresh_obligations(tx, [saved.employee_id], saved.year)
        audit.record(tx, actor, "plan_closed", "plan", plan_id, plan_version=saved.plan_version)
        return PlanHeadView.of(saved)
