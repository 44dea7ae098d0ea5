"""Record that an approved run has been paid, with the treasury's reference."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from incentive.domain.allowance_run import AllowanceRunView, PayRun
from incentive.domain.months import month_text
from incentive.persistence.allowance_runs import load_run, update_run


def pay_run(work: UnitOfWork, actor: Principal, command: PayRun) -> AllowanceRunView:
    with work.transaction(actor.agency_id) as tx:
        before = load_run(tx, command.run_id, lock=True)
        after = before.paid(actor.account_id, tx.now, command.payment_reference)
        require_version(command.expected_version, before.version)
        update_run(tx, before, after)
        audit.record(tx, actor, "pay_allowance_run", "allowance_run", after.id, month=month_text(after.month))
        return AllowanceRunView.of(after)
