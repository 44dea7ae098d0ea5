"""Submit a plan to the appraiser; its content is stored as submitted. Without a reachable appraiser it waits."""

from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.domain.periods import nearest_day
from appraisal.domain.plan import PlanMove
from appraisal.domain.plan_content import require_complete
from appraisal.domain.plan_views import PlanHeadView
from appraisal.persistence.people import has_reachable_appraiser, is_high_leader_on, require_not_left
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plans import load_plan, save_move
from appraisal.use_cases.obligations.keep import keep_plan
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def submit_plan(work: UnitOfWork, actor: Principal, plan_id: UUID, *, expected_version: int | None) -> PlanHeadView:
    with work.transaction(actor.agency_id) as tx:
        before = load_plan(tx, plan_id)
        require_self(actor, before.employee_id)
        require_not_left(tx, [before.employee_id], today(tx))
        require_seen(tx, before, expected_version)
        after = before.submitted()
        day = nearest_day(before.year, today(tx))
        require_complete(before.content, high_leader=is_high_leader_on(tx, before.employee_id, day))
        saved = save_move(tx, before, after, PlanMove.SUBMIT, actor.employee_id)
        keep_plan(tx, saved)
        audit.record(tx, actor, "plan_submitted", "plan", plan_id, plan_version=saved.plan_version)
        waiting = not has_reachable_appraiser(tx, before.employee_id, today(tx))
        return PlanHeadView.of(saved, waiting=waiting)
