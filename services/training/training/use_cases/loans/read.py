"""Read the loans the caller may see."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.authorisation import visible_people
from training.domain.loan import LoanState, LoanView
from training.persistence import loans
from training.persistence.people import today


@dataclass(frozen=True)
class ListLoans:
    page: PageRequest
    employee_id: UUID | None = None
    state: LoanState | None = None


def list_loans(work: UnitOfWork, actor: Principal, query: ListLoans) -> Page[LoanView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "loans", query.employee_id, team=False)
        return loans.list_loans(tx, scope, query.state, today(tx), query.page)
