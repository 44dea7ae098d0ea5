"""Loans of reference items, and the holds on them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, matching
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from training.domain.loan import LIVE_HOLDS, Hold, HoldState, HoldView, ListHolds, ListLoans, Loan, LoanState, LoanView
from training.domain.people import Scope
from training.persistence import models
from training.persistence.locked_rows import update_locked
from training.persistence.people import within

_LOAN = columns_of(models.Loan, Loan)
_HOLD = columns_of(models.Hold, Hold)


def load_loan(tx: Transaction, loan_id: UUID) -> Loan:
    """Return a loan. Raise NotFound."""
    return required(fetch_one(tx, select(*_LOAN).where(models.Loan.id == loan_id), Loan), "peminjaman", loan_id)


def has_loan(tx: Transaction, item_id: UUID, employee_id: UUID) -> bool:
    """Return whether a copy of this item is on loan to this person."""
    query = select(models.Loan.id).where(
        models.Loan.item_id == item_id, models.Loan.employee_id == employee_id, models.Loan.state == LoanState.ON_LOAN
    )
    return tx.session.scalar(query) is not None


def insert_loan(tx: Transaction, loan: Loan) -> None:
    insert_record(tx, models.Loan, loan)


def update_loan(tx: Transaction, before: Loan, after: Loan) -> None:
    """Save a move; the lock on the item is held."""
    update_locked(tx, models.Loan, before, after)


def view_loan(tx: Transaction, loan: Loan, today: date) -> LoanView:
    return LoanView.of(loan, _titles(tx, [loan.item_id])[loan.item_id], today)


def list_loans(tx: Transaction, scope: Scope, wanted: ListLoans, today: date) -> Page[LoanView]:
    """Return loans, the newest first."""
    query = matching(within(select(*_LOAN), models.Loan.employee_id, scope), models.Loan, wanted)
    shown = fetch_page(tx, query, Loan, wanted.page, models.Loan.id, descending=True)
    titles = _titles(tx, [loan.item_id for loan in shown.items])
    return shown.of(lambda loan: LoanView.of(loan, titles[loan.item_id], today))


def find_hold(tx: Transaction, hold_id: UUID) -> Hold | None:
    return fetch_one(tx, select(*_HOLD).where(models.Hold.id == hold_id), Hold)


def load_hold(tx: Transaction, hold_id: UUID) -> Hold:
    """Return a hold. Raise NotFound."""
    return required(find_hold(tx, hold_id), "pesanan", hold_id)


def live_hold(tx: Transaction, item_id: UUID, employee_id: UUID) -> Hold | None:
    """Return the person's hold on an item that is waiting or ready, or None."""
    query = select(*_HOLD).where(
        models.Hold.item_id == item_id, models.Hold.employee_id == employee_id, models.Hold.state.in_(LIVE_HOLDS)
    )
    return fetch_one(tx, query, Hold)


def waiting_holds(tx: Transaction, item_id: UUID, limit: int) -> list[Hold]:
    """Return the first of those who wait for an item, the longest wait first."""
    query = select(*_HOLD).where(models.Hold.item_id == item_id, models.Hold.state == HoldState.WAITING)
    return fetch_all(tx, query.order_by(models.Hold.position).limit(limit), Hold)


def count_waiting(tx: Transaction, item_id: UUID) -> int:
    query = select(func.count()).where(models.Hold.item_id == item_id, models.Hold.state == HoldState.WAITING)
    return tx.session.scalar(query) or 0


def insert_hold(tx: Transaction, hold: Hold) -> None:
    insert_record(tx, models.Hold, hold)


def update_hold(tx: Transaction, before: Hold, after: Hold) -> None:
    """Save a move; the lock on the item is held."""
    update_locked(tx, models.Hold, before, after)


def view_hold(tx: Transaction, hold: Hold) -> HoldView:
    return _hold_views(tx, [hold])[0]


def list_holds(tx: Transaction, scope: Scope, wanted: ListHolds) -> Page[HoldView]:
    """Return holds, the newest first."""
    query = matching(within(select(*_HOLD), models.Hold.employee_id, scope), models.Hold, wanted)
    shown = fetch_page(tx, query, Hold, wanted.page, models.Hold.id, descending=True)
    return Page(_hold_views(tx, shown.items), shown.next_cursor)


def _hold_views(tx: Transaction, holds: Sequence[Hold]) -> list[HoldView]:
    """Return holds with the item's title and the place in the queue of those who wait."""
    titles = _titles(tx, [hold.item_id for hold in holds])
    numbers = _queue_numbers(tx, [hold.item_id for hold in holds if hold.state is HoldState.WAITING])
    return [view_of(HoldView, hold, title=titles[hold.item_id], queue_number=numbers.get(hold.id)) for hold in holds]


def _queue_numbers(tx: Transaction, item_ids: Sequence[UUID]) -> dict[UUID, int]:
    if not item_ids:
        return {}
    model = models.Hold
    number = func.row_number().over(partition_by=model.item_id, order_by=model.position)
    query = select(model.id, number.label("number")).where(
        model.item_id.in_(item_ids), model.state == HoldState.WAITING
    )
    return {row.id: row.number for row in tx.session.execute(query)}


def _titles(tx: Transaction, item_ids: Sequence[UUID]) -> dict[UUID, str]:
    query = select(models.ReferenceItem.id, models.ReferenceItem.title).where(models.ReferenceItem.id.in_(item_ids))
    return {row.id: row.title for row in tx.session.execute(query)}
