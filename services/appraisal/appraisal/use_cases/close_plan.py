"""End a plan before its year is over, as when somebody moves to another post; a new plan may follow."""

from typing import Any
from uuid import UUID

from appraisal.domain.plan import Move
from appraisal.persistence.plans import load_plan, save_move
from appraisal.use_cases.plan_views import head_view
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def close_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, reason: str) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, plan_id).plan
        after = plan.moved(Move.CLOSE)
        save_move(tx, plan, after, Move.CLOSE, str(actor.account_id), reason=reason)
        audit.record(tx, actor, "plan_closed", "plan", plan.id, plan_version=after.plan_version)
        return head_view(after)
