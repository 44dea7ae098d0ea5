"""One step of a run: a chunk of people, then a chunk of corrections, then the totals. Resumable at every commit."""

from typing import Any
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from incentive.persistence.lines import run_totals
from incentive.persistence.marks import mark_adjustments_of, take_decided
from incentive.persistence.people import count_employees, next_employees
from incentive.persistence.policies import policy_version
from incentive.persistence.runs import run
from incentive.use_cases.adjust_decided_months import adjust_decided_months
from incentive.use_cases.calculate_month import calculate_month

CHUNK = 500


def continue_allowance_run(tx: Transaction, job: Job) -> Step:
    """Do the next chunk; the cursor holds the phase and the last employee done.

    All lines of the month go by the policy that the run was started with; the run is locked, so that whoever marks
    lines meanwhile finds those of this chunk.
    """
    row = run(tx, UUID(job.params["run_id"]), lock=True)
    cursor: dict[str, Any] = job.cursor or {"phase": "lines", "after": None}
    total = count_employees(tx) if job.total is None else job.total
    if cursor["phase"] == "lines":
        ids = next_employees(tx, cursor["after"], CHUNK)
        if ids:
            calculate_month(tx, job, row.id, row.month, policy_version(tx, row.policy_id), ids)
            return Step(processed=len(ids), total=total, cursor={"phase": "lines", "after": str(ids[-1])})
        mark_adjustments_of(tx, row.id, row.month)
        return Step(total=total, cursor={"phase": "corrections"})
    if cursor["phase"] == "corrections":
        marks = take_decided(tx, row.month, CHUNK)
        if marks:
            adjust_decided_months(tx, job, row.id, marks)
            return Step(total=total, cursor={"phase": "corrections"})
    row.totals = {**run_totals(tx, row.id, row.month), "problems": job.issues}
    row.state = "CALCULATED"
    row.calculated_at = tx.now
    row.version += 1
    return Step(finished=True, total=total, result={"run_id": str(row.id), "totals": row.totals})
