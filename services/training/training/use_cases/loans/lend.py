"""Lend a copy: one from the shelf, or the one reserved for this person's hold."""

from uuid import UUID

from chassis import audit, timers
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today
from training.authorisation import require_party, subject_of
from training.domain.errors import AlreadyBorrowed
from training.domain.loan import HoldState, Loan, LoanView
from training.domain.reference_item import ReferenceItem
from training.domain.rule import RuleName
from training.persistence.loans import has_loan, insert_loan, live_hold, update_hold, view_loan
from training.persistence.reference import load_rule
from training.persistence.reference_items import lock_active_item, update_copies
from training.use_cases.holds.serve import HOLD_TIMER


def lend(work: UnitOfWork, actor: Principal, item_id: UUID, *, employee_id: UUID | None) -> LoanView:
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        item = lock_active_item(tx, item_id)
        require_party(tx, actor, subject)
        if has_loan(tx, item_id, subject):
            raise AlreadyBorrowed
        update_copies(tx, item, _lent(tx, item, subject))
        day = today(tx)
        loan = Loan.lent(new_id(), item_id, subject, day, load_rule(tx, RuleName.LOAN_DAYS, day).value)
        insert_loan(tx, loan)
        audit.record(tx, actor, "item_lent", "employee", subject, loan_id=loan.id)
        return view_loan(tx, loan, day)


def _lent(tx: Transaction, item: ReferenceItem, subject: UUID) -> ReferenceItem:
    """Return the item with a copy lent; a hold that is ready is fulfilled thereby. Raise NoCopyFree."""
    hold = live_hold(tx, item.id, subject)
    if hold is None or not hold.is_ready:
        return item.lent()
    update_hold(tx, hold, hold.moved(HoldState.FULFILLED))
    timers.cancel(tx, HOLD_TIMER, hold.id)
    return item.lent_from_reserve()
