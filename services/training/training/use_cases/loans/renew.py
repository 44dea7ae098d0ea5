"""Extend a loan, unless somebody waits for the item."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from training.authorisation import require_party
from training.domain.loan import LoanView
from training.domain.rule import RuleName
from training.persistence.loans import count_waiting, load_loan, update_loan, view_loan
from training.persistence.reference import load_rule
from training.persistence.reference_items import lock_item


def renew_loan(work: UnitOfWork, actor: Principal, loan_id: UUID) -> LoanView:
    with work.transaction(actor.agency_id) as tx:
        item = lock_item(tx, load_loan(tx, loan_id).item_id)
        loan = load_loan(tx, loan_id)  # under the lock
        require_party(tx, actor, loan.employee_id)
        day = today(tx)
        days, most = (load_rule(tx, name, day).value for name in (RuleName.LOAN_DAYS, RuleName.LOAN_RENEWALS))
        renewed = loan.renewed(day, days=days, most=most, waiting=count_waiting(tx, item.id))
        update_loan(tx, loan, renewed)
        audit.record(tx, actor, "loan_renewed", "employee", loan.employee_id, loan_id=loan_id)
        return view_loan(tx, renewed, day)
