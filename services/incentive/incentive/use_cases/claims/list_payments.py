"""List what a decided run pays to each person: never a negative sum."""

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from incentive.domain.claim_views import ListPayments, PaymentView
from incentive.persistence import claims
from incentive.persistence.allowance_runs import load_run


def list_payments(work: UnitOfWork, actor: Principal, command: ListPayments) -> Page[PaymentView]:
    """Raise RunNotCalculated before the approval, which opens claims and deducts."""
    with work.transaction(actor.agency_id) as tx:
        load_run(tx, command.run_id).require_decided()
        found = claims.list_payments(tx, command)
        audit.record(tx, actor, "read_payments", "allowance_run", command.run_id, people=len(found.items))
        return found
