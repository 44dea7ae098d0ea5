"""Begin a year's plan with what was planned in an earlier one."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import require_self_or_hr, self_of
from appraisal.domain.plan_content import Content, ContentDraft
from appraisal.domain.plan_views import PlanSavedView
from appraisal.domain.result_link import Linking
from appraisal.persistence.plans import latest_plan
from appraisal.use_cases.plans.start import load_start, save_draft
from chassis.auth import Principal
from chassis.errors import required
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CopyPlan:
    """The employee is the caller, unless HR names another; the earlier year is the one before."""

    year: int
    from_year: int | None = None
    employee_id: UUID | None = None


def copy_plan(work: UnitOfWork, actor: Principal, command: CopyPlan) -> PlanSavedView:
    """Draft a plan with the content that counted in the earlier year; what cannot hold is left open."""
    employee_id = command.employee_id or self_of(actor)
    require_self_or_hr(actor, employee_id)
    with work.transaction(actor.agency_id) as tx:
        from_year = command.from_year or command.year - 1
        former = required(latest_plan(tx, employee_id, from_year), "SKP tahun", from_year)
        start = load_start(tx, [employee_id], command.year)
        employee = start.employee(employee_id)
        plan = start.draft(new_id(), employee)
        draft = ContentDraft.copied(former.shown.content, command.year, high_leader=employee.is_high_leader)
        content, linking = Content.of(draft), Linking(plan.id)
        linking.require_valid(content, (), high_leader=employee.is_high_leader, taken_over=True)
        written = save_draft(tx, actor, plan, content)
        return PlanSavedView.of_saved(plan, written, linking)
