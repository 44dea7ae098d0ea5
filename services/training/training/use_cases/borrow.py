"""Lend physical copies, take them back, keep a queue. Whatever counts copies holds the lock on the item's row."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis import audit, timers
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import AlreadyBorrowed, CopyFree, HoldClosed, LoanClosed, LoanNotRenewable, NoCopyFree
from training.domain.library import LIVE_HOLDS, HoldState, LoanState, copies_free, due_on
from training.persistence import library, people, reference
from training.persistence.models import Hold, Loan, ReferenceItem
from training.persistence.rows import View
from training.use_cases.rights import authorise_act, subject_of

HOLD_TIMER = "hold_pick_up"


def lend(work: UnitOfWork, actor: Principal, item_id: UUID, employee_id: UUID | None) -> View:
    """A copy on the shelf, or the one kept for this person's hold."""
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        item = _item(tx, item_id)
        authorise_act(tx, actor, subject)
        if library.live_loan(tx, item_id, subject) is not None:
            raise AlreadyBorrowed
        hold = library.live_hold(tx, item_id, subject)
        if hold is not None and hold.state == HoldState.READY:
            hold.state = HoldState.FULFILLED
            item.reserved -= 1
            timers.cancel(tx, HOLD_TIMER, hold.id)
        elif copies_free(item.copies, item.on_loan, item.reserved) == 0:
            raise NoCopyFree
        today = people.today(tx)
        days = reference.rule(tx, "LOAN_DAYS", today).value
        loan = Loan(
            agency_id=tx.agency_id,
            item_id=item_id,
            employee_id=subject,
            state=LoanState.ON_LOAN,
            lent_on=today,
            due_on=due_on(today, days),
            returned_on=None,
            renewals=0,
        )
        item.on_loan += 1
        tx.session.add(loan)
        tx.session.flush()
        audit.record(tx, actor, "item_lent", "employee", subject, loan_id=loan.id)
        return library.loan_view(tx, loan, today)


def take_return(work: UnitOfWork, actor: Principal, loan_id: UUID) -> View:
    """At the desk, by the HR officer; the copy goes to the next in the queue, if any."""
    with work.transaction(actor.agency_id) as tx:
        loan, item = _loan(tx, loan_id)
        _need_on_loan(loan)
        loan.state, loan.returned_on = LoanState.RETURNED, people.today(tx)
        item.on_loan -= 1
        tx.session.flush()
        audit.record(tx, actor, "item_returned", "employee", loan.employee_id, loan_id=loan.id)
        serve_holds(tx, item)
        return library.loan_view(tx, loan, people.today(tx))


def renew(work: UnitOfWork, actor: Principal, loan_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        loan, item = _loan(tx, loan_id)
        authorise_act(tx, actor, loan.employee_id)
        _need_on_loan(loan)
        today = people.today(tx)
        most = reference.rule(tx, "LOAN_RENEWALS", today).value
        if loan.renewals >= most:
            raise LoanNotRenewable(reason=f"sudah diperpanjang {loan.renewals} kali, paling banyak {most}")
        if library.waiting_holds(tx, item.id):
            raise LoanNotRenewable(reason="ada pegawai lain yang menunggu")
        loan.renewals += 1
        loan.due_on = due_on(max(today, loan.due_on), reference.rule(tx, "LOAN_DAYS", today).value)
        tx.session.flush()
        audit.record(tx, actor, "loan_renewed", "employee", loan.employee_id, loan_id=loan.id)
        return library.loan_view(tx, loan, today)


def place_hold(work: UnitOfWork, actor: Principal, item_id: UUID, employee_id: UUID | None) -> View:
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        item = _item(tx, item_id)
        authorise_act(tx, actor, subject)
        if library.live_loan(tx, item_id, subject) or library.live_hold(tx, item_id, subject):
            raise AlreadyBorrowed
        if item.copies == 0:
            raise NoCopyFree
        if copies_free(item.copies, item.on_loan, item.reserved):
            raise CopyFree
        hold = Hold(
            agency_id=tx.agency_id,
            item_id=item_id,
            employee_id=subject,
            state=HoldState.WAITING,
            placed_at=tx.now,
            pick_up_by=None,
        )
        tx.session.add(hold)
        tx.session.flush()
        audit.record(tx, actor, "hold_placed", "employee", subject, hold_id=hold.id)
        return library.hold_view(tx, hold)


def cancel_hold(work: UnitOfWork, actor: Principal, hold_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        found = library.hold(tx, hold_id)
        if found is None:
            raise NotFound(object="pesanan", id=hold_id)
        authorise_act(tx, actor, found.employee_id)
        item = _item(tx, found.item_id)
        hold = library.hold(tx, hold_id)
        assert hold is not None
        if HoldState(hold.state) not in LIVE_HOLDS:
            raise HoldClosed(state=hold.state)
        release(tx, item, hold, HoldState.CANCELLED)
        audit.record(tx, actor, "hold_cancelled", "employee", hold.employee_id, hold_id=hold.id)
        return library.hold_view(tx, hold)


def expire_hold(tx: Transaction, hold_id: UUID) -> None:
    """The copy kept for somebody was not picked up in time: it goes to the next."""
    found = library.hold(tx, hold_id)
    if found is None:
        return
    item = library.item(tx, found.item_id, for_update=True)
    hold = library.hold(tx, hold_id)
    if item is not None and hold is not None and hold.state == HoldState.READY:
        release(tx, item, hold, HoldState.EXPIRED)


def release(tx: Transaction, item: ReferenceItem, hold: Hold, state: HoldState) -> None:
    if hold.state == HoldState.READY:
        item.reserved -= 1
        timers.cancel(tx, HOLD_TIMER, hold.id)
    hold.state = state
    tx.session.flush()
    serve_holds(tx, item)


def serve_holds(tx: Transaction, item: ReferenceItem) -> None:
    """Keep free copies for those who wait, longest wait first, until the end of the last day to pick up."""
    today = people.today(tx)
    pick_up_by = today + timedelta(days=reference.rule(tx, "HOLD_PICKUP_DAYS", today).value)
    midnight = datetime.combine(pick_up_by + timedelta(days=1), time(), ZoneInfo(people.time_zone(tx)))
    while copies_free(item.copies, item.on_loan, item.reserved) and (hold := library.next_hold(tx, item.id)):
        hold.state, hold.pick_up_by = HoldState.READY, pick_up_by
        item.reserved += 1
        tx.session.flush()
        timers.schedule(tx, HOLD_TIMER, hold.id, midnight)


def _item(tx: Transaction, item_id: UUID) -> ReferenceItem:
    found = library.item(tx, item_id, for_update=True)
    if found is None or not found.active:
        raise NotFound(object="bahan pustaka", id=item_id)
    return found


def _loan(tx: Transaction, loan_id: UUID) -> tuple[Loan, ReferenceItem]:
    found = library.loan(tx, loan_id)
    if found is None:
        raise NotFound(object="peminjaman", id=loan_id)
    item = library.item(tx, found.item_id, for_update=True)
    loan = library.loan(tx, loan_id)
    assert item is not None
    assert loan is not None
    return loan, item


def _need_on_loan(loan: Loan) -> None:
    if loan.state != LoanState.ON_LOAN:
        raise LoanClosed(returned_on=loan.returned_on)
