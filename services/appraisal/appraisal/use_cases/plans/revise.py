"""Open an active plan for change; the agreed version stays in force until the new one is activated."""

from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.plan import PlanMove
from appraisal.domain.plan_version import PlanVersion
from appraisal.domain.plan_views import PlanHeadView
from appraisal.persistence.people import require_not_left
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plan_versions import insert_version, next_number
from appraisal.persistence.plans import load_plan, save_move
from appraisal.persistence.result_links import replace_drafts
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def revise_plan(
    work: UnitOfWork, actor: Principal, plan_id: UUID, *, reason: str, expected_version: int | None
) -> PlanHeadView:
    by = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_plan(tx, plan_id)
        require_one_of(actor, [before.employee_id, before.appraiser_id])
        require_not_left(tx, {by, before.employee_id}, today(tx))
        require_seen(tx, before, expected_version)
        after, as_whom = before.revised(next_number(tx, plan_id)), before.capacity_of(by)
        saved = save_move(tx, before, after, PlanMove.REVISE, by, reason=reason, capacity=as_whom)
        replace_drafts(tx, plan_id, ())
        insert_version(tx, PlanVersion.drafted(plan_id, saved.plan_version, before.content))
        audit.record(tx, actor, "plan_revised", "plan", plan_id, plan_version=saved.plan_version)
        return PlanHeadView.of(saved)
