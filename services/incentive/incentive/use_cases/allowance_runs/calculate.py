"""One step of a run: a chunk of people, then a chunk of corrections, then the totals. Resumable at every commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import UNSET, UnsetType

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from incentive.domain.months import add_months, month_text
from incentive.persistence.allowance_lines import run_totals
from incentive.persistence.allowance_runs import load_run, update_run
from incentive.persistence.people import count_employees, next_employees, not_arrived
from incentive.persistence.policies import month_policies_by
from incentive.persistence.recalculations import count_decided, dequeue_decided, enqueue_adjusted
from incentive.use_cases.allowance_runs.adjust_decided_months import adjust_decided_months
from incentive.use_cases.allowance_runs.calculate_month import calculate_month
from incentive.use_cases.allowance_runs.start import CalculationParams

CHUNK = 500


class Phase(StrEnum):
    LINES = "lines"
    CORRECTIONS = "corrections"


@dataclass(frozen=True)
class Progress:
    """The cursor: the phase to go on with, and the last employee whose line is done; of corrections also its month.

    `put_back` counts the corrections of this pass that could not be calculated and wait in the queue.
    """

    phase: Phase = Phase.LINES
    after: UUID | UnsetType = UNSET
    month: date | UnsetType = UNSET
    put_back: int | UnsetType = UNSET

    @property
    def corrected(self) -> tuple[date, UUID] | None:
        """Return month and employee of the last correction that is done."""
        return (self.month, self.after) if self.month and self.after else None


@dataclass(frozen=True)
class RunCalculated:
    """The result of the job."""

    run_id: UUID
    totals: Mapping[str, int]


def calculate_allowance_run(tx: Transaction, job: Job) -> Step:
    """Do the next chunk.

    All lines of the month are calculated by the policies that the run was started with. The run is locked, so that a
    change that enqueues lines meanwhile finds those of this chunk.
    """
    run = load_run(tx, job.params_as(CalculationParams).run_id, lock=True)
    progress = job.cursor_as(Progress)
    total = count_employees(tx) if job.total is None else job.total
    if progress.phase is Phase.LINES:
        ids = next_employees(tx, progress.after or None, CHUNK)
        if ids:
            calculate_month(tx, job, run, month_policies_by(tx, run.policy_ids, run.month), ids)
            return Step(processed=len(ids), total=total, cursor=Progress(Phase.LINES, ids[-1]))
        _report_not_arrived(tx, job, run.month)
        enqueue_adjusted(tx, run.id, run.month)
        return Step(total=total, cursor=Progress(Phase.CORRECTIONS))
    entries = dequeue_decided(tx, run.month, progress.corrected, CHUNK)
    if entries:
        put_back = (progress.put_back or 0) + adjust_decided_months(tx, job, run.id, entries)
        last = entries[-1]
        return Step(total=total, cursor=Progress(Phase.CORRECTIONS, last.employee_id, last.month, put_back))
    if count_decided(tx, run.month) > (progress.put_back or 0):
        # something was enqueued meanwhile for people whom this pass had left behind
        return Step(total=total, cursor=Progress(Phase.CORRECTIONS))
    done = run.calculated({**run_totals(tx, run.id, run.month), "problems": job.issues}, tx.now)
    update_run(tx, run, done)
    return Step(finished=True, total=total, result=RunCalculated(run.id, done.totals))


def _report_not_arrived(tx: Transaction, job: Job, month: date) -> None:
    """Record who was calculated a month ago and is missing now: nobody falls silently out of pay."""
    before = add_months(month, -1)
    for employee_id in not_arrived(tx, before):
        expected = f"riwayat kepegawaian pegawai yang dihitung pada {month_text(before)}; hitung lagi setelah diterima"
        job.issue(None, "pegawai", employee_id, "allowance_person_not_arrived", expected)
