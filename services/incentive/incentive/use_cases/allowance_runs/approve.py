"""Approve a calculated run: from then on its lines are decided, and only further lines correct them."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_run import AllowanceRun, AllowanceRunView, ApproveRun
from incentive.domain.months import month_text
from incentive.persistence.allowance_runs import load_run, update_run
from incentive.persistence.policies import month_policies, month_policies_by
from incentive.use_cases.claims.book_run import book_run


def approve_run(tx: Transaction, actor: Principal, command: ApproveRun) -> AllowanceRunView:
    """Claims are opened with it."""
    before, approved = _approved(tx, actor, command)
    after = approved.with_totals(book_run(tx, approved, actor.account_id))
    update_run(tx, before, after)
    audit.record(tx, actor, "approve_allowance_run", "allowance_run", after.id, month=month_text(after.month))
    return AllowanceRunView.of(after)


def check_approval(tx: Transaction, actor: Principal, command: ApproveRun) -> AllowanceRunView:
    """Return the run as it is, where it could be approved: whole ministries are not booked for a trial."""
    before, _ = _approved(tx, actor, command)
    return AllowanceRunView.of(before)


def _approved(tx: Transaction, actor: Principal, command: ApproveRun) -> tuple[AllowanceRun, AllowanceRun]:
    before = load_run(tx, command.run_id, lock=True)
    used, current = month_policies_by(tx, before.policy_ids, before.month), month_policies(tx, before.month)
    after = before.approved(actor.account_id, tx.now, used, current)
    require_version(command.expected_version, before.version)
    return before, after
