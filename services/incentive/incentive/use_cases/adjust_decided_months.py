"""Correct decided months: what has changed since becomes a further line of the run at hand, never an edit."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.allowance import calculate
from incentive.domain.months import month_text
from incentive.events import AllowanceAdjusted, AllowanceCalculated
from incentive.persistence.inputs import PersonMonth, load_months
from incentive.persistence.lines import LineKey, MonthLines, insert_lines, lines_of_month, lines_of_run, replace_line
from incentive.persistence.marks import Mark
from incentive.persistence.policies import PolicyVersion, policy_for
from incentive.use_cases.calculate_month import as_text, fingerprint, line_row, report_gap


def adjust_decided_months(tx: Transaction, job: Job, run_id: UUID, marks: Iterable[Mark]) -> None:
    """Recompute marked months by the policy that holds in each, and book the differences into this run."""
    for month, group in groupby(marks, key=lambda mark: mark.month):
        causes = {mark.employee_id: mark.cause for mark in group}
        ids = sorted(causes)
        policy = policy_for(tx, month)
        before = lines_of_month(tx, month, ids, but_run=run_id)
        mine = lines_of_run(tx, run_id, ids)
        for person in load_months(tx, ids, month, policy):
            if not report_gap(job, person, month):
                have = mine.get((person.employee_id, month))
                _book(tx, run_id, month, policy, person, before, have, causes[person.employee_id])


def _book(
    tx: Transaction,
    run_id: UUID,
    month: date,
    policy: PolicyVersion,
    person: PersonMonth,
    others: dict[UUID, MonthLines],
    have: LineKey | None,
    cause: str,
) -> None:
    before = others.get(person.employee_id, MonthLines())
    done = calculate(person.inputs, policy.rules)
    difference = done.amount - before.amount
    if have is None and (difference == 0 or (before.regular_id is None and not person.begun)):
        return
    row = line_row(tx, run_id, month, policy, person, done)
    row["amount"] = difference
    if before.regular_id is not None:
        row["kind"], row["adjusts_line_id"] = "ADJUSTMENT", before.regular_id
    row["provenance"] = {**person.provenance, "before": before.amount, "cause": cause}
    row["fingerprint"] = fingerprint(row["inputs"], policy.id, before.amount)
    if have is None:
        row["id"] = new_id()
        insert_lines(tx, [row])
    elif have.fingerprint != row["fingerprint"]:
        row["id"] = have.id
        replace_line(tx, as_text(row))
    else:
        return
    _say(tx, row["id"], person.employee_id, month, policy, before.regular_id)


def _say(
    tx: Transaction, line_id: UUID, employee_id: UUID, month: date, policy: PolicyVersion, adjusts: UUID | None
) -> None:
    when, number = month_text(month), policy.number
    if adjusts is None:
        outbox.record(
            tx, AllowanceCalculated(line_id=line_id, employee_id=employee_id, month=when, policy_version=number)
        )
        return
    outbox.record(
        tx,
        AllowanceAdjusted(
            line_id=line_id, employee_id=employee_id, month=when, adjusts_line_id=adjusts, policy_version=number
        ),
    )
