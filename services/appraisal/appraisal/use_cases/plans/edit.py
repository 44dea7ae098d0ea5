"""Replace the content of a plan that is a draft, returned, or under revision."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import require_self_or_hr
from appraisal.domain.periods import nearest_day
from appraisal.domain.plan import Content, ContentDraft, require_valid
from appraisal.domain.plan_views import PlanSavedView
from appraisal.persistence.people import load_employee, require_not_left
from appraisal.persistence.plans import load_plan, update_content, work_result_ids_of
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
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
        require_version(command.expected_version, plan.version)
        employee = load_employee(tx, plan.employee_id, nearest_day(plan.year, today(tx)))
        content = Content.of(command.content, before=plan.content)
        superior_results = work_result_ids_of(tx, plan.appraiser_id, plan.year) if content.parent_ids else set()
        require_valid(content, superior_results, high_leader=employee.is_high_leader)
        saved = update_content(tx, plan, content)
        audit.record(tx, actor, "plan_edited", "plan", plan.id, version=saved.version)
        return PlanSavedView.of_saved(saved, content)
