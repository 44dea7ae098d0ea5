"""The library: items, loans and holds."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from chassis.unit_of_work import Transaction
from training.domain.library import LIVE_HOLDS, HoldState, LoanState, copies_free
from training.persistence.models import Hold, Loan, ReferenceItem
from training.persistence.rows import View, contains, flat


def item(tx: Transaction, item_id: UUID, *, for_update: bool = False) -> ReferenceItem | None:
    query = select(ReferenceItem).where(ReferenceItem.id == item_id)
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    return tx.session.scalar(query)


def item_by_code(tx: Transaction, code: str) -> ReferenceItem | None:
    return tx.session.scalar(select(ReferenceItem).where(ReferenceItem.code == code))


def items_for(tx: Transaction, competency_code: str) -> list[ReferenceItem]:
    query = select(ReferenceItem).where(contains(ReferenceItem.competency_codes, competency_code), ReferenceItem.active)
    return list(tx.session.scalars(query.order_by(ReferenceItem.id).limit(200)))


def item_view(row: ReferenceItem) -> View:
    return flat(row, copies_free=copies_free(row.copies, row.on_loan, row.reserved))


def loan(tx: Transaction, loan_id: UUID) -> Loan | None:
    return tx.session.get(Loan, loan_id, populate_existing=True)


def live_loan(tx: Transaction, item_id: UUID, employee_id: UUID) -> Loan | None:
    query = select(Loan).where(
        Loan.item_id == item_id, Loan.employee_id == employee_id, Loan.state == LoanState.ON_LOAN
    )
    return tx.session.scalar(query)


def hold(tx: Transaction, hold_id: UUID) -> Hold | None:
    return tx.session.get(Hold, hold_id, populate_existing=True)


def live_hold(tx: Transaction, item_id: UUID, employee_id: UUID) -> Hold | None:
    query = select(Hold).where(Hold.item_id == item_id, Hold.employee_id == employee_id, Hold.state.in_(LIVE_HOLDS))
    return tx.session.scalar(query.execution_options(populate_existing=True))


def next_hold(tx: Transaction, item_id: UUID) -> Hold | None:
    query = select(Hold).where(Hold.item_id == item_id, Hold.state == HoldState.WAITING)
    return tx.session.scalar(query.order_by(Hold.position).limit(1))


def waiting_holds(tx: Transaction, item_id: UUID) -> int:
    query = select(func.count()).where(Hold.item_id == item_id, Hold.state == HoldState.WAITING)
    return tx.session.scalar(query) or 0


def loan_view(tx: Transaction, row: Loan, today: date) -> View:
    found = tx.session.get(ReferenceItem, row.item_id)
    assert found is not None
    return flat(row, title=found.title, overdue=row.state == LoanState.ON_LOAN and row.due_on < today)


def hold_view(tx: Transaction, row: Hold) -> View:
    found = tx.session.get(ReferenceItem, row.item_id)
    assert found is not None
    number = None
    if row.state == HoldState.WAITING:
        ahead = select(func.count()).where(
            Hold.item_id == row.item_id, Hold.state == HoldState.WAITING, Hold.position <= row.position
        )
        number = tx.session.scalar(ahead)
    return flat(row, title=found.title, queue_number=number)
