"""Link results to the superior's once the superior has a plan; the cascade is completed without a revision."""

from collections.abc import Sequence
from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.plan import Link, PlanMove
from appraisal.domain.plan_views import PlanSavedView
from appraisal.persistence.people import require_not_left
from appraisal.persistence.plans import load_plan, save_move, work_result_ids_of
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def link_results(work: UnitOfWork, actor: Principal, plan_id: UUID, *, links: Sequence[Link]) -> PlanSavedView:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, plan_id)
        require_one_of(actor, [plan.employee_id, plan.appraiser_id])
        require_not_left(tx, [self_of(actor)], today(tx))
        plan.require_linkable()
        content = plan.content.linked(links, work_result_ids_of(tx, plan.appraiser_id, plan.year))
        saved = save_move(tx, plan, plan, PlanMove.LINK, str(actor.employee_id), content=content)
        audit.record(tx, actor, "plan_results_linked", "plan", plan_id, plan_version=plan.plan_version)
        return PlanSavedView.of_saved(saved, content)
