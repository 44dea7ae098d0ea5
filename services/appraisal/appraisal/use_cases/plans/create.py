"""Draft a yearly plan with all its results in one step."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.authorisation import require_self_or_hr, self_of
from appraisal.domain.errors import PlanExists
from appraisal.domain.people import Employee
from appraisal.domain.periods import Period, nearest_day
from appraisal.domain.plan import Plan
from appraisal.domain.plan_content import Content, ContentDraft
from appraisal.domain.plan_version import PlanVersion
from appraisal.domain.plan_views import PlanSavedView
from appraisal.domain.result_link import links_of, wanted_of
from appraisal.persistence.evaluations import state_of_year
from appraisal.persistence.people import days_in_period, load_employee, require_not_left
from appraisal.persistence.periods import periods_of_year
from appraisal.persistence.plans import insert_plan
from appraisal.persistence.result_links import load_linking, save_links
from appraisal.use_cases.obligations.keep import keep_plan
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
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
        plan, employee = start_plan(tx, employee_id, command.year)
        content = Content.of(command.content)
        links = links_of(command.content, content)
        linking = load_linking(tx, plan, with_offer=bool(links))
        linking.require_valid(content, links, high_leader=employee.is_high_leader)
        written = save_new_plan(tx, actor, plan, content)
        changes = linking.changed(wanted_of(content, links), actor.employee_id, tx.now)
        save_links(tx, changes)
        return PlanSavedView.of_saved(plan, written, linking.with_changes(changes))


def start_plan(tx: Transaction, employee_id: UUID, year: int) -> tuple[Plan, Employee]:
    """Return a draft of somebody in service, not saved yet, and what they are on its day."""
    now = today(tx)
    day = nearest_day(year, now)
    for one in {now, day}:
        require_not_left(tx, [employee_id], one)
    employee = load_employee(tx, employee_id, day)
    days = days_in_period(tx, [employee_id], Period.of(year)).of(employee_id)
    found = state_of_year(tx, employee_id, year)
    plan = Plan.drafted(new_id(), employee, year, days.first_day_of_segment(day), year_closed=found.closed)
    if not found.opened:
        periods_of_year(tx, year)
    return plan, employee


def save_new_plan(tx: Transaction, actor: Principal, plan: Plan, content: Content) -> PlanVersion:
    """Save a draft with its first version. Raise PlanExists."""
    written = PlanVersion.drafted(plan.id, plan.plan_version, content)
    if not insert_plan(tx, plan, written):
        raise PlanExists(year=plan.year)
    keep_plan(tx, plan)
    audit.record(tx, actor, "plan_created", "plan", plan.id, employee_id=plan.employee_id, year=plan.year)
    return written
