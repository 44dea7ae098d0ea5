"""Correct decided months: what has changed since becomes a further line of the present run, never an edit."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_line import AllowanceLine, MonthLines
from incentive.domain.months import month_text
from incentive.events import AllowanceAdjusted, AllowanceCalculated
from incentive.persistence.allowance_lines import keys_of_run, lines_of_other_runs, store_lines
from incentive.persistence.month_inputs import load_months
from incentive.persistence.policies import month_policies
from incentive.persistence.recalculations import Recalculation, enqueue_recalculation
from incentive.use_cases.allowance_runs.calculate_month import report_problems


def adjust_decided_months(tx: Transaction, job: Job, run_id: UUID, entries: Iterable[Recalculation]) -> int:
    """Recalculate enqueued months by the policies that govern each, and book the differences into this run.

    A month with a problem goes back into the queue: the run cannot be approved with it, and a rerun tries it again.
    Return how many went back.
    """
    months = groupby(entries, key=lambda entry: entry.month)
    return sum(
        _adjust_month(tx, job, run_id, month, {entry.employee_id: entry.cause for entry in group})
        for month, group in months
    )


def _adjust_month(tx: Transaction, job: Job, run_id: UUID, month: date, causes: dict[UUID, str]) -> int:
    ids = sorted(causes)
    policies = month_policies(tx, month)
    decided, existing_lines = lines_of_other_runs(tx, month, ids, run_id), keys_of_run(tx, run_id, ids)
    lines: list[AllowanceLine] = []
    put_back = 0
    for person in load_months(tx, ids, month, policies):
        if report_problems(job, person, month):
            put_back += 1
            enqueue_recalculation(tx, [(person.employee_id, month)], causes[person.employee_id])
            continue
        existing, before = (
            existing_lines.get((person.employee_id, month)),
            decided.get(person.employee_id, MonthLines()),
        )
        regular = AllowanceLine.regular(existing.id if existing else new_id(), run_id, month, person, tx.now)
        line = regular.correcting(before, causes[person.employee_id])
        if existing is None:
            if line.amount == 0 or (before.regular_id is None and not person.in_service):
                continue
        elif existing.fingerprint == line.fingerprint:
            continue
        lines.append(line)
        _record_event(tx, line, person.policy.number)
    store_lines(tx, lines)
    return put_back


def _record_event(tx: Transaction, line: AllowanceLine, policy_version: int) -> None:
    month = month_text(line.month)
    if line.adjusts_line_id is None:
        calculated = AllowanceCalculated(
            line_id=line.id, employee_id=line.employee_id, month=month, policy_version=policy_version
        )
        outbox.record(tx, calculated)
        return
    adjusted = AllowanceAdjusted(
        line_id=line.id,
        employee_id=line.employee_id,
        month=month,
        adjusts_line_id=line.adjusts_line_id,
        policy_version=policy_version,
    )
    outbox.record(tx, adjusted)
