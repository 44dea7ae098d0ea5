"""Import the file of employees as a resumable job.

stage: all rows are stored. rows: validated and saved in chunks. superiors: all at once, in any order.
leaders: units get the leaders that were named before they were known. publish: AssignmentChanged in chunks.
A row with a bad superior comes in without that superior: one bad cell must not keep a person from their plan.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.employee_file import COLUMNS
from personnel.persistence.agencies import today
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.import_rows import clear, stage
from personnel.use_cases.employees.publish_assignments import publish_assignments
from personnel.use_cases.imports.import_people import import_people
from personnel.use_cases.imports.import_superiors import import_superiors
from personnel.use_cases.org_units.publish import install_named_leaders
from spreadsheets import Limits, read_table

CHUNK = 1000
_COUNTS = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0}


def import_employees_step(tx: Transaction, job: Job) -> Step:
    """Do the next part of the import."""
    phase: str = job.cursor.get("phase", "stage")
    return _PHASES[phase](tx, job)


def _stage(tx: Transaction, job: Job) -> Step:
    table = read_table(job.content, COLUMNS, Limits(**job.params["limits"]))
    stage(tx, job.id, table.rows)
    result = {
        "phase": "rows",
        "rows": len(table.rows),
        **_COUNTS,
        "superiors_refused": 0,
        "ignored_columns": table.ignored,
    }
    return _next("rows", result, total=len(table.rows), after=0)


def _rows(tx: Transaction, job: Job) -> Step:
    done = import_people(tx, job, after=job.cursor["after"], limit=CHUNK)
    result = dict(job.cursor["result"])
    for name, count in done.counts.items():
        result[name] += count
    phase = "rows" if done.last_row is not None else "superiors"
    return _next(phase, result, processed=done.rows, after=done.last_row)


def _superiors(tx: Transaction, job: Job) -> Step:
    lock_reporting_lines(tx)
    refused, changed = import_superiors(tx, job)
    result = {**job.cursor["result"], "superiors_changed": changed, "superiors_refused": refused}
    return _next("leaders", result)


def _leaders(tx: Transaction, job: Job) -> Step:
    lock_reporting_lines(tx)
    waiting = install_named_leaders(tx, today(tx), by=job.created_by)
    return _next("publish", {**job.cursor["result"], "leaders_waiting": waiting, "assignments_published": 0})


def _publish(tx: Transaction, job: Job) -> Step:
    after = job.cursor["after"]
    published = publish_assignments(tx, after=UUID(after) if after else None, limit=CHUNK)
    result = dict(job.cursor["result"])
    result["assignments_published"] += len(published)
    if len(published) == CHUNK:
        return _next("publish", result, after=str(published[-1]))
    clear(tx)
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
    "publish": _publish,
}
