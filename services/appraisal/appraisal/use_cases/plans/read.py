"""Read plans: one with its history and versions, one's own, or those somebody oversees."""

from uuid import UUID

from appraisal.authorisation import makes_plan, require_plan_reader, self_of, visible_units
from appraisal.domain.periods import Period, nearest_day
from appraisal.domain.plan import FullPlan, ListPlans
from appraisal.domain.plan_views import (
    PlanMovesView,
    PlanRowView,
    PlanVersionView,
    PlanView,
    SuperiorResultsView,
    SuperiorResultView,
)
from appraisal.domain.values import PlanState
from appraisal.persistence import plans
from appraisal.persistence.people import find_employee, has_reachable_appraiser, left_by
from appraisal.persistence.plan_history import list_moves
from appraisal.persistence.plan_versions import load_submitted_version
from appraisal.persistence.result_links import load_linking, offered_results
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, required
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def show_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = plans.load_plan(tx, plan_id)
        require_plan_reader(tx, actor, plan)
        audit.record(tx, actor, "plan_read", "plan", plan_id)
        return _shown(tx, plan, with_draft=makes_plan(tx, actor, plan))


def show_own_plan(work: UnitOfWork, actor: Principal, *, year: int) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = required(plans.latest_plan(tx, self_of(actor), year), "SKP tahun", year)
        return _shown(tx, plan, with_draft=True)


def _shown(tx: Transaction, plan: FullPlan, *, with_draft: bool) -> PlanView:
    setting = load_setting(tx, Period.of(plan.year))
    is_submitted = plan.state is PlanState.SUBMITTED
    waiting = is_submitted and not has_reachable_appraiser(tx, plan.employee_id, setting.today)
    has_left = bool(left_by(tx, [plan.employee_id], setting.today))
    linking = load_linking(tx, plan, with_offer=with_draft)
    return PlanView.of_plan(plan, linking, setting, with_draft=with_draft, waiting=waiting, has_left=has_left)


def show_plan_history(work: UnitOfWork, actor: Principal, plan_id: UUID) -> PlanMovesView:
    with work.transaction(actor.agency_id) as tx:
        require_plan_reader(tx, actor, plans.load_plan(tx, plan_id))
        audit.record(tx, actor, "plan_history_read", "plan", plan_id)
        return PlanMovesView(tuple(list_moves(tx, plan_id)))


def show_plan_version(work: UnitOfWork, actor: Principal, plan_id: UUID, *, number: int) -> PlanVersionView:
    """Show a version as it was submitted; one that was not agreed is for those who edit or agree it."""
    with work.transaction(actor.agency_id) as tx:
        plan = plans.load_plan(tx, plan_id)
        require_plan_reader(tx, actor, plan)
        version = load_submitted_version(tx, plan_id, number)
        if not version.is_offered and not makes_plan(tx, actor, plan):
            raise Forbidden
        audit.record(tx, actor, "plan_version_read", "plan", plan_id, plan_version=number)
        return PlanVersionView.of(version, load_setting(tx, Period.of(plan.year)))


def list_superior_results(work: UnitOfWork, actor: Principal, *, year: int) -> SuperiorResultsView:
    """List what the caller's appraiser has submitted, to cascade from: results only, nothing of the rest."""
    with work.transaction(actor.agency_id) as tx:
        employee = find_employee(tx, self_of(actor), nearest_day(year, today(tx)))
        superior = employee.appraiser_id if employee else None
        return SuperiorResultsView(tuple(map(SuperiorResultView.of, offered_results(tx, superior, year))))


def list_plans(work: UnitOfWork, actor: Principal, query: ListPlans) -> Page[PlanRowView]:
    """HR and inspectors list all, a unit's leader that unit and those below; anybody else their subordinates.

    Of their own, everybody lists all.
    """
    with work.transaction(actor.agency_id) as tx:
        units = None if actor.is_about(query.employee_id) else visible_units(tx, actor)
        appraiser_id = None
        if units is not None and not units:
            units, appraiser_id = None, self_of(actor)
        audit.record(tx, actor, "plans_listed", "plan_list", query.unit or "all", year=query.year)
        return plans.list_plans(tx, query, appraiser_id=appraiser_id, units=units)
