"""Open an active plan for change; the agreed version stays in force until the new one is activated."""

from typing import Any
from uuid import UUID

from appraisal.authorisation import require_one_of
from appraisal.domain.plan import Move
from appraisal.persistence.plans import load_plan, save_move
from appraisal.use_cases.plan_views import head_view
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def revise_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, reason: str) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, plan_id).plan
        require_one_of(actor, [plan.employee_id, plan.appraiser_id])
        after = plan.revised()
        save_move(tx, plan, after, Move.REVISE, str(actor.employee_id), reason=reason)
        audit.record(tx, actor, "plan_revised", "plan", plan.id, plan_version=after.plan_version)
        return head_view(after)
