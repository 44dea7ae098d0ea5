"""Read the holds the caller may see."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.authorisation import visible_people
from training.domain.loan import HoldState, HoldView
from training.persistence import loans


@dataclass(frozen=True)
class ListHolds:
    page: PageRequest
    employee_id: UUID | None = None
    state: HoldState | None = None


def list_holds(work: UnitOfWork, actor: Principal, query: ListHolds) -> Page[HoldView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "holds", query.employee_id, team=False)
        return loans.list_holds(tx, scope, query.state, query.page)
