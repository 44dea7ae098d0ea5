"""Calculate the lines of one month for a chunk of people: the step of a run that makes regular lines."""

from datetime import date
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_line import AllowanceLine, PersonMonth
from incentive.domain.allowance_run import AllowanceRun
from incentive.domain.errors import ClassAmountMissing, StudyLevelMissing
from incentive.domain.months import month_text
from incentive.domain.policy_days import PolicyDays
from incentive.events import AllowanceCalculated
from incentive.persistence.allowance_lines import keys_of_run, store_lines
from incentive.persistence.month_inputs import load_months
from incentive.persistence.recalculations import dequeue_month


def calculate_month(
    tx: Transaction, job: Job, run: AllowanceRun, policies: tuple[PolicyDays, ...], ids: list[UUID]
) -> None:
    """Make or renew the regular lines of these people; unchanged ones stay as they are, without an event."""
    dequeue_month(tx, ids, run.month)
    existing_lines = keys_of_run(tx, run.id, ids)
    lines: list[AllowanceLine] = []
    for person in load_months(tx, ids, run.month, policies):
        existing = existing_lines.get((person.employee_id, run.month))
        if (existing is None and not person.in_service) or report_problems(job, person, run.month):
            continue
        line_id = existing.id if existing else new_id()
        line = AllowanceLine.regular(line_id, run.id, run.month, person, tx.now)
        if existing is not None and existing.fingerprint == line.fingerprint:
            continue
        lines.append(line)
        if line.not_payable is None:
            outbox.record(
                tx,
                AllowanceCalculated(
                    line_id=line.id,
                    employee_id=line.employee_id,
                    month=month_text(run.month),
                    policy_version=person.policy.number,
                ),
            )
    store_lines(tx, lines)


def report_problems(job: Job, person: PersonMonth, month: date) -> bool:
    """Record what keeps a payable person from being calculated: the run cannot be approved with it."""
    missing = person.classes_without_amount
    for job_class in missing:
        job.issue(
            None,
            "kelas_jabatan",
            f"{job_class} (pegawai {person.employee_id})",
            ClassAmountMissing.code,
            f"kelas jabatan dengan besaran yang berlaku pada {month_text(month)}",
        )
    if person.lacks_study_level:
        job.issue(
            None,
            "tugas_belajar",
            f"pegawai {person.employee_id}",
            StudyLevelMissing.code,
            f"keadaan STUDY_LEAVE dengan jenjang studi yang berlaku pada {month_text(month)}",
        )
    return bool(missing) or person.lacks_study_level
