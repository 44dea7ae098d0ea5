"""Draft a yearly plan with all its results in one step."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import require_self_or_hr, self_of
from appraisal.domain.errors import PlanExists
from appraisal.domain.periods import Period, nearest_day
from appraisal.domain.plan import Content, ContentDraft, Plan, require_valid
from appraisal.domain.plan_views import PlanSavedView
from appraisal.persistence.evaluations import state_of_year
from appraisal.persistence.people import days_in_period, load_employee, require_not_left
from appraisal.persistence.periods import periods_of_year
from appraisal.persistence.plans import insert_plan, work_result_ids_of
from appraisal.use_cases.obligations.keep import keep_plan
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


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
        now = today(tx)
        day, year = nearest_day(command.year, now), Period.of(command.year)
        for one in {now, day}:
            require_not_left(tx, [employee_id], one)
        employee = load_employee(tx, employee_id, day)
        first_day = days_in_period(tx, [employee_id], year).of(employee_id).first_day_of_segment(day)
        found = state_of_year(tx, employee_id, command.year)
        plan = Plan.drafted(new_id(), employee, command.year, first_day, year_closed=found.closed)
        content = Content.of(command.content)
        superior_results = work_result_ids_of(tx, plan.appraiser_id, plan.year) if content.parent_ids else set()
        require_valid(content, superior_results, high_leader=employee.is_high_leader)
        if not found.opened:
            periods_of_year(tx, plan.year)
        if not insert_plan(tx, plan, content):
            raise PlanExists(year=plan.year)
        keep_plan(tx, plan)
        audit.record(tx, actor, "plan_created", "plan", plan.id, employee_id=employee_id, year=plan.year)
        return PlanSavedView.of_saved(plan, content)
