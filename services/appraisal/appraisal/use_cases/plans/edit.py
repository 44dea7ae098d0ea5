"""Replace the content of a plan that is a draft, returned, or under revision."""

from dataclasses import dataclass, replace
from uuid import UUID

from appraisal.authorisation import require_self_or_hr
from appraisal.domain.periods import nearest_day
from appraisal.domain.plan import FullPlan
from appraisal.domain.plan_content import Content, ContentDraft
from appraisal.domain.plan_version import PlanVersion
from appraisal.domain.plan_views import PlanSavedView
from appraisal.domain.result_link import LinkChanges, Linking, links_of, wanted_of
from appraisal.persistence.people import load_employee, require_not_left
from appraisal.persistence.plan_history import require_seen
from appraisal.persistence.plans import load_plan, save_edit
from appraisal.persistence.result_links import load_linking, replace_drafts, save_links
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


@dataclass(frozen=True)
class EditPlan:
    """`expected_version` is the version that the editor has seen; None accepts any."""

    plan_id: UUID
    content: ContentDraft
    expected_version: int | None


def edit_plan(work: UnitOfWork, actor: Principal, command: EditPlan) -> PlanSavedView:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, command.plan_id)
        require_self_or_hr(actor, plan.employee_id)
        require_not_left(tx, [plan.employee_id], today(tx))
        plan.require_editable()
        require_seen(tx, plan, command.expected_version)
        employee = load_employee(tx, plan.employee_id, nearest_day(plan.year, today(tx)))
        content = Content.of(command.content, existing=plan.result_ids)
        written, links = PlanVersion.drafted(plan.id, plan.plan_version, content), links_of(command.content, content)
        linking = load_linking(tx, plan, with_offer=bool(links))
        linking.of_draft.require_valid(content, links, high_leader=employee.is_high_leader)
        wanted, by = wanted_of(content, links), actor.employee_id
        fields = linking.of_draft.changed(wanted, by, tx.now).fields
        saved = save_edit(tx, plan, written, by, fields)
        after = _save_links(tx, plan, linking, linking.changed(wanted, by, tx.now))
        audit.record(tx, actor, "plan_edited", "plan", plan.id, version=saved.version)
        return PlanSavedView.of_saved(saved, written, after)


def _save_links(tx: Transaction, plan: FullPlan, linking: Linking, changes: LinkChanges) -> Linking:
    """Save the links of what is written; while a version is in force its own stay, until the revision is agreed."""
    if plan.active_version is None:
        save_links(tx, changes)
        return linking.with_changes(changes)
    drafts = changes.drafted(tx.now)
    replace_drafts(tx, plan.id, drafts)
    return replace(linking, drafts=drafts).of_draft
