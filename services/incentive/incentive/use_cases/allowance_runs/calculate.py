"""One step of a run: a chunk of people, then a chunk of corrections, then the totals. Resumable at every commit."""

from datetime import date
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from incentive.domain.months import add_months, month_text
from incentive.persistence.allowance_lines import run_totals
from incentive.persistence.allowance_runs import load_run, update_run
from incentive.persistence.people import count_employees, next_employees, not_arrived
from incentive.persistence.policies import month_policies_by
from incentive.persistence.recalculations import dequeue_decided, enqueue_adjusted
from incentive.use_cases.allowance_runs.adjust_decided_months import adjust_decided_months
from incentive.use_cases.allowance_runs.calculate_month import calculate_month

CHUNK = 500


def calculate_allowance_run(tx: Transaction, job: Job) -> Step:
    """Do the next chunk; the cursor holds the phase and the last employee done.

    All lines of the month are calculated by the policies that the run was started with. The run is locked, so that a
    change that enqueues lines meanwhile finds those of this chunk.
    """
    run = load_run(tx, UUID(job.params["run_id"]), lock=True)
    phase, after = job.cursor.get("phase", "lines"), job.cursor.get("after")
    total = count_employees(tx) if job.total is None else job.total
    if phase == "lines":
        ids = next_employees(tx, UUID(after) if after else None, CHUNK)
        if ids:
            calculate_month(tx, job, run, month_policies_by(tx, run.policy_ids, run.month), ids)
            return Step(processed=len(ids), total=total, cursor={"phase": "lines", "after": str(ids[-1])})
        _report_not_arrived(tx, job, run.month)
        enqueue_adjusted(tx, run.id, run.month)
        return Step(total=total, cursor={"phase": "corrections"})
    if phase == "corrections":
        entries = dequeue_decided(tx, run.month, CHUNK)
        if entries:
            adjust_decided_months(tx, job, run.id, entries)
            return Step(total=total, cursor={"phase": "corrections"})
    done = run.calculated({**run_totals(tx, run.id, run.month), "problems": job.issues}, tx.now)
    update_run(tx, run, done)
    return Step(finished=True, total=total, result={"run_id": str(run.id), "totals": done.totals})


def _report_not_arrived(tx: Transaction, job: Job, month: date) -> None:
    """Record who was calculated a month ago and is missing now: nobody falls silently out of pay."""
    before = add_months(month, -1)
    for employee_id in not_arrived(tx, before):
        expected = f"riwayat kepegawaian pegawai yang dihitung pada {month_text(before)}; hitung lagi setelah diterima"
        job.issue(None, "pegawai", employee_id, "allowance_person_not_arrived", expected)
