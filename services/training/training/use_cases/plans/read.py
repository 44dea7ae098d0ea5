"""Read individual development plans."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_reader, visible_people
from training.domain.plan import PlanView
from training.persistence import plans


@dataclass(frozen=True)
class ListPlans:
    page: PageRequest
    employee_id: UUID | None = None
    team: bool = False
    year: int | None = None


def show_plan(work: UnitOfWork, actor: Principal, plan_id: UUID) -> PlanView:
    with work.transaction(actor.agency_id) as tx:
        plan = plans.load_plan(tx, plan_id)
        require_reader(tx, actor, plan.employee_id, "plan")
        return plans.view_plan(tx, plan)


def list_plans(work: UnitOfWork, actor: Principal, query: ListPlans) -> Page[PlanView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "plans", query.employee_id, team=query.team)
        return plans.list_plans(tx, scope, query.year, query.page)
