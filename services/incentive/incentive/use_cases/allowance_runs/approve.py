"""Approve a calculated run: from then on its lines are decided, and only further lines correct them."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from incentive.domain.allowance_run import AllowanceRunView, ApproveRun
from incentive.domain.months import month_text
from incentive.persistence.allowance_runs import load_run, update_run
from incentive.persistence.policies import month_policies, month_policies_by
from incentive.use_cases.claims.book_run import book_run


def approve_run(work: UnitOfWork, actor: Principal, command: ApproveRun) -> AllowanceRunView:
    """Another person than the one who ran it, unless the policy lets one person do both. Claims are opened with it."""
    with work.transaction(actor.agency_id) as tx:
        before = load_run(tx, command.run_id, lock=True)
        used, current = month_policies_by(tx, before.policy_ids, before.month), month_policies(tx, before.month)
        after = before.approved(actor.account_id, tx.now, used, current)
        require_version(command.expected_version, before.version)
        after = after.with_totals(book_run(tx, after, actor.account_id))
        update_run(tx, before, after)
        audit.record(tx, actor, "approve_allowance_run", "allowance_run", after.id, month=month_text(after.month))
        return AllowanceRunView.of(after)
