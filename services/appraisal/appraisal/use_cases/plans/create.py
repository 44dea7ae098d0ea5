"""Draft a yearly plan with all its results in one step."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import require_self_or_hr, self_of
from appraisal.domain.plan_content import Content, ContentDraft
from appraisal.domain.plan_views import PlanSavedView
from appraisal.domain.result_link import links_of, wanted_of
from appraisal.persistence.result_links import load_linking, save_links
from appraisal.use_cases.plans.start import load_start, save_draft
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CreatePlan:
    """The employee is the caller, unless HR names another."""

    year: int
    content: ContentDraft
    employee_id: UUID | None = None


def create_plan(work: UnitOfWork, actor: Principal, command: CreatePlan) -> PlanSavedView:
    """The employee drafts their own plan; HR may draft one on somebody's behalf. The superior's plan may be missing."""
    employee_id = command.employee_id or self_of(actor)
    require_self_or_hr(actor, employee_id)
    with work.transaction(actor.agency_id) as tx:
        start = load_start(tx, [employee_id], command.year)
        employee = start.employee(employee_id)
        plan, content = start.draft(new_id(), employee), Content.of(command.content)
        links = links_of(command.content, content)
        linking = load_linking(tx, plan, with_offer=bool(links))
        linking.require_valid(content, links, high_leader=employee.is_high_leader)
        written = save_draft(tx, actor, plan, content)
        changes = linking.changed(wanted_of(content, links), actor.employee_id, tx.now)
        save_links(tx, changes)
        return PlanSavedView.of_saved(plan, written, linking.with_changes(changes))
