"""Approve a calculated run: from then on its lines are decided, and only further lines correct them."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import VersionConflict
from chassis.unit_of_work import UnitOfWork
from incentive.domain.errors import (
    RunHasProblems,
    RunNotCalculated,
    RunPolicyReplaced,
    RunStillWorking,
    SecondPersonNeeded,
)
from incentive.domain.months import month_text
from incentive.domain.runs import RunView
from incentive.persistence.policies import policy_for, policy_version
from incentive.persistence.runs import run, view


def approve_run(work: UnitOfWork, actor: Principal, run_id: UUID, expected: int | None) -> RunView:
    """Another person than the one who ran it, unless the policy lets one person do both.

    By the policy that holds now: nothing is decided of which it is known that the next run must correct it.
    """
    with work.transaction(actor.agency_id) as tx:
        row = run(tx, run_id, lock=True)
        month = month_text(row.month)
        if row.state == "CALCULATING":
            raise RunStillWorking(month=month)
        if row.state != "CALCULATED":
            raise RunNotCalculated(month=month, status=row.state, needed="CALCULATED")
        if expected is not None and expected != row.version:
            raise VersionConflict
        used, current = policy_version(tx, row.policy_id), policy_for(tx, row.month)
        if row.run_by == actor.account_id and used.rules.second_person_approves:
            raise SecondPersonNeeded
        if used.id != current.id:
            raise RunPolicyReplaced(month=month, used=used.number, current=current.number)
        if row.totals.get("problems"):
            raise RunHasProblems(month=month, count=row.totals["problems"], job_id=row.job_id)
        row.state, row.approved_by, row.approved_at = "APPROVED", actor.account_id, tx.now
        row.version += 1
        audit.record(tx, actor, "approve_allowance_run", "allowance_run", row.id, month=month)
        return view(row)
