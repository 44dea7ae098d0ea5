"""Take back a submitted plan before anybody has answered, or drop a revision: the version in force is then the plan."""

from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.plan import PlanMove
from appraisal.domain.plan_views import PlanHeadView
from appraisal.domain.values import PlanState
from appraisal.persistence.people import require_not_left
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plans import load_plan, save_move
from appraisal.persistence.result_links import replace_drafts
from appraisal.use_cases.obligations.keep import keep_plan
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def withdraw_plan(
    work: UnitOfWork, actor: Principal, plan_id: UUID, *, reason: str, expected_version: int | None
) -> PlanHeadView:
    """The employee takes back what they submitted; a revision is dropped by either of the two who may begin one."""
    by = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_plan(tx, plan_id)
        require_one_of(actor, before.withdrawn_by)
        require_not_left(tx, {by, before.employee_id}, today(tx))
        require_seen(tx, before, expected_version)
        after, as_whom = before.withdrawn(), before.capacity_of(by)
        saved = save_move(tx, before, after, PlanMove.WITHDRAW, by, reason=reason, capacity=as_whom)
        if after.state is PlanState.ACTIVE:
            replace_drafts(tx, plan_id, ())
        keep_plan(tx, saved)
        audit.record(tx, actor, "plan_withdrawn", "plan", plan_id, plan_version=before.plan_version)
        return PlanHeadView.of(saved)
