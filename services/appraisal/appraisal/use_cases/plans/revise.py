"""Open an active plan for change; the agreed version stays in force until the new one is activated."""

from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.plan import PlanMove
from appraisal.domain.plan_views import PlanHeadView
from appraisal.persistence.people import require_not_left
from appraisal.persistence.plans import load_plan, save_move
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def revise_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, *, reason: str) -> PlanHeadView:
    with work.transaction(actor.agency_id) as tx:
        before = load_plan(tx, plan_id)
        require_one_of(actor, [before.employee_id, before.appraiser_id])
        require_not_left(tx, {self_of(actor), before.employee_id}, today(tx))
        saved = save_move(tx, before, before.revised(), PlanMove.REVISE, str(actor.employee_id), reason=reason)
        audit.record(tx, actor, "plan_revised", "plan", plan_id, plan_version=saved.plan_version)
        return PlanHeadView.of(saved)
