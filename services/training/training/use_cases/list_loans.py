"""Loans and holds in the caller's view."""

from uuid import UUID

from sqlalchemy import select

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.persistence import library, people
from training.persistence.models import Hold, Loan
from training.persistence.rows import View, newest_first
from training.use_cases.scope import narrowed


def list_loans(
    work: UnitOfWork, actor: Principal, *, employee_id: UUID | None, state: str | None, before: UUID | None, limit: int
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        query = narrowed(tx, actor, select(Loan), Loan.employee_id, what="loans", employee_id=employee_id, team=False)
        if state:
            query = query.where(Loan.state == state)
        today = people.today(tx)
        return [library.loan_view(tx, row, today) for row in newest_first(tx, query, Loan.id, before, limit)]


def list_holds(
    work: UnitOfWork, actor: Principal, *, employee_id: UUID | None, state: str | None, before: UUID | None, limit: int
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        query = narrowed(tx, actor, select(Hold), Hold.employee_id, what="holds", employee_id=employee_id, team=False)
        if state:
            query = query.where(Hold.state == state)
        return [library.hold_view(tx, row) for row in newest_first(tx, query, Hold.id, before, limit)]
