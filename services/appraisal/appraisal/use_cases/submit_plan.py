"""Hand a plan to the appraiser; its content is kept as handed in."""

from typing import Any
from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.domain.plan import Move, incompleteness
from appraisal.persistence.plan_content import content_from_json
from appraisal.persistence.plans import load_plan, save_move
from appraisal.use_cases.plan_views import head_view
from chassis import audit
from chassis.auth import Principal
from chassis.errors import InvalidInput
from chassis.unit_of_work import UnitOfWork


def submit_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        stored = load_plan(tx, plan_id)
        plan = stored.plan
        require_self(actor, plan.employee_id)
        after = plan.submitted()
        if faults := list(incompleteness(content_from_json(stored.content))):
            raise InvalidInput(errors=faults)
        save_move(tx, plan, after, Move.SUBMIT, str(actor.employee_id))
        audit.record(tx, actor, "plan_submitted", "plan", plan.id, plan_version=after.plan_version)
        return head_view(after)
