"""Import the file of employees as a resumable job.

stage: all rows are put down. rows: judged and saved in chunks. superiors: all at once, for they may stand in any order.
leaders: units get the leaders that were named before they were known. announce: AssignmentChanged in chunks.
A row with a bad superior comes in without that superior: one bad cell must not keep a person from his plan.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.tables import Limits, read_table
from chassis.unit_of_work import Transaction
from personnel.domain.employee_file import COLUMNS
from personnel.domain.nip import clean_nip
from personnel.persistence.import_rows import clear, stage
from personnel.use_cases.announce import announce
from personnel.use_cases.import_people import import_people
from personnel.use_cases.import_superiors import import_superiors
from personnel.use_cases.steps import lock_lines, today
from personnel.use_cases.unit_steps import install_leaders

CHUNK = 1000
_COUNTS = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0}


def import_employees_step(tx: Transaction, job: Job) -> Step:
    """Do the next part of the import."""
    phase: str = job.cursor.get("phase", "stage")
    return _PHASES[phase](tx, job)


def _stage(tx: Transaction, job: Job) -> Step:
    table = read_table(job.content, COLUMNS, Limits(**job.params["limits"]))
    rows = [
        {
            "job_id": job.id,
            "row_number": number,
            "agency_id": tx.agency_id,
            "cells": cells,
            "nip": clean_nip(cells.get("nip", "")),
            "superior_nip": clean_nip(cells.get("nip_atasan", "")),
            "state": "NEW",
        }
        for number, cells in table.rows
    ]
    stage(tx.session, tx.agency_id, job.id, rows)
    result = {"phase": "rows", "rows": len(rows), **_COUNTS, "superiors_refused": 0, "ignored_columns": table.ignored}
    return _next("rows", result, total=len(rows), after=0)


def _rows(tx: Transaction, job: Job) -> Step:
    done = import_people(tx, job, after=job.cursor["after"], limit=CHUNK)
    result = dict(job.cursor["result"])
    for name, count in done.counts.items():
        result[name] += count
    phase = "rows" if done.last_row is not None else "superiors"
    return _next(phase, result, processed=done.rows, after=done.last_row)


def _superiors(tx: Transaction, job: Job) -> Step:
    lock_lines(tx)
    refused, changed = import_superiors(tx, job)
    result = {**job.cursor["result"], "superiors_changed": changed, "superiors_refused": refused}
    return _next("leaders", result)


def _leaders(tx: Transaction, job: Job) -> Step:
    lock_lines(tx)
    waiting = install_leaders(tx, today(tx), by=job.created_by)
    return _next("announce", {**job.cursor["result"], "leaders_waiting": waiting, "assignments_told": 0})


def _announce(tx: Transaction, job: Job) -> Step:
    after = job.cursor["after"]
    told = announce(tx, after=UUID(after) if after else None, limit=CHUNK)
    result = dict(job.cursor["result"])
    result["assignments_told"] += len(told)
    if len(told) == CHUNK:
        return _next("announce", result, after=str(told[-1]))
    clear(tx.session, tx.agency_id)
    return Step(finished=True, result={**result, "phase": "done"})


def _next(phase: str, result: dict[str, Any], *, total: int | None = None, processed: int = 0, after: Any = 0) -> Step:
    result = {**result, "phase": phase}
    cursor = {"phase": phase, "result": result, "after": after}
    return Step(cursor=cursor, result=result, total=total, processed=processed)


_PHASES: dict[str, Callable[[Transaction, Job], Step]] = {
    "stage": _stage,
    "rows": _rows,
    "superiors": _superiors,
    "leaders": _leaders,
    "announce": _announce,
}
