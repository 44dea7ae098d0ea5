"""Read the loans the caller may see."""

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import visible_people
from training.domain.loan import ListLoans, LoanView
from training.persistence import loans


def list_loans(work: UnitOfWork, actor: Principal, query: ListLoans) -> Page[LoanView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "loans", query.employee_id, team=False)
        return loans.list_loans(tx, scope, query, today(tx))
