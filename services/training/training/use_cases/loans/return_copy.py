"""Take a copy back, at the desk; the next in the queue gets it."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.domain.loan import LoanView
from training.persistence.loans import load_loan, update_loan, view_loan
from training.persistence.reference_items import lock_item, update_copies
from training.use_cases.holds.serve import serve_holds


def return_copy(work: UnitOfWork, actor: Principal, loan_id: UUID) -> LoanView:
    with work.transaction(actor.agency_id) as tx:
        item = lock_item(tx, load_loan(tx, loan_id).item_id)
        loan = load_loan(tx, loan_id)  # under the lock
        day = today(tx)
        returned = loan.returned(day)
        update_loan(tx, loan, returned)
        shelved = item.taken_back()
        update_copies(tx, item, shelved)
        audit.record(tx, actor, "item_returned", "employee", loan.employee_id, loan_id=loan_id)
        serve_holds(tx, shelved)
        return view_loan(tx, returned, day)
