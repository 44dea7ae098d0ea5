"""Link results to the superior's once the superior has submitted a plan; no version changes by it."""

from collections.abc import Sequence
from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.plan import PlanMove
from appraisal.domain.plan_views import PlanSavedView
from appraisal.domain.result_link import Link, parents_of
from appraisal.persistence.people import require_not_left
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plans import load_plan, save_move
from appraisal.persistence.result_links import forget_drafts, load_linking, save_links
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def link_results(
    work: UnitOfWork, actor: Principal, plan_id: UUID, *, links: Sequence[Link], expected_version: int | None
) -> PlanSavedView:
    by = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, plan_id)
        require_one_of(actor, [plan.employee_id, plan.appraiser_id])
        require_not_left(tx, [by], today(tx))
        require_seen(tx, plan, expected_version)
        plan.require_linkable()
        linking = load_linking(tx, plan, with_offer=True)
        linking.require_linkable((plan.shown.content, plan.content), links)
        changes = linking.changed(parents_of(links), by, tx.now)
        as_whom, fields = plan.capacity_of(by), changes.fields
        saved = save_move(tx, plan, plan, PlanMove.LINK, by, fields=fields, capacity=as_whom)
        save_links(tx, changes)
        forget_drafts(tx, plan_id, [link.work_result_id for link in links])
        audit.record(tx, actor, "plan_results_linked", "plan", plan_id, plan_version=plan.plan_version)
        after = linking.with_changes(changes).without_drafts(links).of_draft
        return PlanSavedView.of_saved(saved, plan.present, after)
