"""Import courses and reference items from CSV as resumable jobs; the same file twice changes nothing."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chassis.errors import AppError, FieldError, InvalidInput
from chassis.ids import new_id
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from training.domain.course import Course
from training.domain.import_columns import (
    COURSE_COLUMNS,
    ITEM_COLUMNS,
    Columns,
    read_course,
    read_reference_item,
    read_rows,
)
from training.domain.reference_item import ReferenceItem
from training.persistence.competencies import known_competencies
from training.persistence.courses import find_course, insert_course, resolve_terms, update_course
from training.persistence.locked_rows import lock, savepoint
from training.persistence.reference_items import insert_item, lock_item_of_code, update_item
from training.use_cases.holds.serve import serve_holds

ROWS_PER_STEP = 200
ImportRow = Callable[[Transaction, Mapping[str, str]], bool]


class Outcome(StrEnum):
    SAVED = "SAVED"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


@dataclass(frozen=True)
class Imported:
    """The result: how many rows had which outcome."""

    saved: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Progress(Imported):
    """The cursor: the result so far, and the next row."""

    next: int = 0


def import_courses_step(tx: Transaction, job: Job) -> Step:
    return _step(tx, job, COURSE_COLUMNS, _import_course)


def import_reference_items_step(tx: Transaction, job: Job) -> Step:
    return _step(tx, job, ITEM_COLUMNS, _import_reference_item)


def _step(tx: Transaction, job: Job, columns: Columns, import_row: ImportRow) -> Step:
    """Import up to 200 rows."""
    rows, before = read_rows(job.content, columns), job.cursor_as(Progress)
    end = min(before.next + ROWS_PER_STEP, len(rows))
    outcomes = Counter(_outcome(tx, job, number, cells, import_row) for number, cells in rows[before.next : end])
    done = Imported(
        before.saved + outcomes[Outcome.SAVED],
        before.unchanged + outcomes[Outcome.UNCHANGED],
        before.refused + outcomes[Outcome.REFUSED],
    )
    return Step(
        finished=end >= len(rows),
        processed=end - before.next,
        cursor=view_of(Progress, done, next=end),
        total=len(rows),
        result=done,
    )


def _outcome(tx: Transaction, job: Job, number: int, cells: Mapping[str, str], import_row: ImportRow) -> Outcome:
    """Import one row in a savepoint, so that a bad one spoils no other."""
    try:
        with savepoint(tx):
            return Outcome.SAVED if import_row(tx, cells) else Outcome.UNCHANGED
    except AppError as error:
        for fault in error.errors or [FieldError("code", error.code, cells["code"], error.detail)]:
            job.issue(number, fault.field.split(".")[0], fault.value, fault.code, fault.expected)
        return Outcome.REFUSED


def _import_course(tx: Transaction, cells: Mapping[str, str]) -> bool:
    """Insert or change a course by its code, and return whether anything changed."""
    command = read_course(cells)
    command.require_free_code()
    jp, codes = resolve_terms(tx, command)
    lock(tx, "course", command.code)
    before = find_course(tx, command.code)
    if before is None:
        insert_course(tx, Course.added(command, jp, codes))
        return True
    after = before.changed(command, jp, codes)
    if after != before:
        update_course(tx, before, after)
    return after != before


def _import_reference_item(tx: Transaction, cells: Mapping[str, str]) -> bool:
    """Insert or change a reference item by its code, and return whether anything changed."""
    command = read_reference_item(cells)
    codes = known_competencies(tx, "competency_codes", command.competency_codes)
    lock(tx, "reference_item", command.code)
    before = lock_item_of_code(tx, command.code)
    if before is None:
        insert_item(tx, ReferenceItem.added(new_id(), command, codes))
        return True
    if command.copies < before.copies_out:
        expected = f"paling sedikit {before.copies_out}"
        raise InvalidInput(errors=[FieldError("copies", "copies_below_lent", command.copies, expected)])
    after = before.changed(command, codes)
    serve_holds(tx, update_item(tx, before, after) if after != before else before)
    return after != before
