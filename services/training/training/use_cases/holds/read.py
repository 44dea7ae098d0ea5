"""Read the holds the caller may see."""

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from training.authorisation import visible_people
from training.domain.loan import HoldView, ListHolds
from training.persistence import loans


def list_holds(work: UnitOfWork, actor: Principal, query: ListHolds) -> Page[HoldView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "holds", query.employee_id, team=False)
        return loans.list_holds(tx, scope, query)
