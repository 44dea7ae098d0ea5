"""Note that an approved run has been paid, with the treasury's reference."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import VersionConflict
from chassis.unit_of_work import UnitOfWork
from incentive.domain.errors import RunNotCalculated
from incentive.domain.months import month_text
from incentive.domain.runs import RunView
from incentive.persistence.runs import run, view


def pay_run(work: UnitOfWork, actor: Principal, run_id: UUID, reference: str, expected: int | None) -> RunView:
    with work.transaction(actor.agency_id) as tx:
        row = run(tx, run_id, lock=True)
        if row.state != "APPROVED":
            raise RunNotCalculated(month=month_text(row.month), status=row.state, needed="APPROVED")
        if expected is not None and expected != row.version:
            raise VersionConflict
        row.state, row.paid_by, row.paid_at, row.payment_reference = "PAID", actor.account_id, tx.now, reference
        row.version += 1
        audit.record(tx, actor, "pay_allowance_run", "allowance_run", row.id, month=month_text(row.month))
        return view(row)
