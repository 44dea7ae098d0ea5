"""Work out the lines of one month for a chunk of people: the step of a run that makes regular lines."""

import hashlib
import json
from datetime import date
from typing import Any
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.allowance import Calculation, calculate, inputs_to, why_not_payable
from incentive.domain.months import month_text
from incentive.domain.values import EmployeeStatus
from incentive.events import AllowanceCalculated
from incentive.persistence.inputs import PersonMonth, load_months
from incentive.persistence.lines import insert_lines, lines_of_run, replace_line
from incentive.persistence.marks import take_month
from incentive.persistence.policies import PolicyVersion


def calculate_month(
    tx: Transaction, job: Job, run_id: UUID, month: date, policy: PolicyVersion, ids: list[UUID]
) -> None:
    """Make or renew the regular lines of these people; unchanged ones stay as they are and say nothing."""
    take_month(tx, ids, month)
    known = lines_of_run(tx, run_id, ids)
    fresh: list[dict[str, Any]] = []
    for person in load_months(tx, ids, month, policy):
        have = known.get((person.employee_id, month))
        if have is None and _absent(person):
            continue
        if report_gap(job, person, month):
            continue
        row = line_row(tx, run_id, month, policy, person, calculate(person.inputs, policy.rules))
        if have is None:
            row["id"] = new_id()
            fresh.append(row)
        elif have.fingerprint != row["fingerprint"]:
            row["id"] = have.id
            replace_line(tx, as_text(row))
        else:
            continue
        if row["not_payable"] is None:
            outbox.record(
                tx,
                AllowanceCalculated(
                    line_id=row["id"],
                    employee_id=person.employee_id,
                    month=month_text(month),
                    policy_version=policy.number,
                ),
            )
    insert_lines(tx, fresh)


def report_gap(job: Job, person: PersonMonth, month: date) -> bool:
    """Note a payable person whose class has no amount: HR must complete the table before the run can be approved."""
    if not person.amount_missing or why_not_payable(person.inputs) is not None:
        return False
    job.issue(
        None,
        "kelas_jabatan",
        f"{person.inputs.job_class} (pegawai {person.employee_id})",
        "allowance_class_amount_missing",
        f"kelas jabatan dengan besaran yang berlaku pada {month_text(month)}",
    )
    return True


def line_row(
    tx: Transaction, run_id: UUID, month: date, policy: PolicyVersion, person: PersonMonth, done: Calculation
) -> dict[str, Any]:
    """The row of a regular line; its fingerprint covers everything that the amount follows from."""
    inputs = inputs_to(person.inputs)
    return {
        "agency_id": tx.agency_id,
        "run_id": run_id,
        "employee_id": person.employee_id,
        "unit_id": person.unit_id,
        "month": month,
        "kind": "REGULAR",
        "adjusts_line_id": None,
        "amount": done.amount,
        "full_amount": done.amount,
        "not_payable": done.not_payable,
        "policy_id": policy.id,
        "inputs": inputs,
        "steps": [{"code": step.code, "formula": step.formula, "value": f"{step.value:f}"} for step in done.steps],
        "provenance": person.provenance,
        "fingerprint": fingerprint(inputs, policy.id),
        "calculated_at": tx.now,
    }


def fingerprint(inputs: dict[str, Any], policy_id: UUID, *more: object) -> str:
    told = json.dumps([inputs, str(policy_id), *map(str, more)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def as_text(row: dict[str, Any]) -> dict[str, Any]:
    """The same row with its documents as text, for a textual statement."""
    return {**row, **{name: json.dumps(row[name]) for name in ("inputs", "steps", "provenance")}}


def _absent(person: PersonMonth) -> bool:
    """Not yet in service, or retired: no line at all."""
    return not person.begun or person.inputs.status is EmployeeStatus.RETIRED
