"""One step of an import: a chunk of rows, good ones are stored, bad ones listed with what would be right."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from approvals.errors import ActionInOwnLine
from approvals.officers import of_line
from chassis.errors import OwnAffair
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from chassis.views import decode_as
from incentive.domain.import_rows import ImportRow
from incentive.use_cases.imports.import_attendance import import_attendance
from incentive.use_cases.imports.import_class_amounts import import_class_amounts
from incentive.use_cases.imports.import_openings import import_openings
from incentive.use_cases.imports.import_predicates import import_predicates
from incentive.use_cases.imports.start import KINDS, ImportParams

CHUNK = 2000

IMPORTERS: dict[str, Callable[[Transaction, Job, list[ImportRow]], int]] = {
    "attendance": import_attendance,
    "class_amounts": import_class_amounts,
    "credit_openings": import_openings,
    "predicate_history": import_predicates,
}


@dataclass(frozen=True)
class Imported:
    """The result: how many rows have changed something."""

    changed: int = 0


@dataclass(frozen=True)
class Progress(Imported):
    """The cursor: the result so far, and the place in the content."""

    offset: int = 0


def continue_import(tx: Transaction, job: Job) -> Step:
    """Import the next chunk."""
    params, progress = job.params_as(ImportParams), job.cursor_as(Progress)
    changed = progress.changed
    chunk, offset = read_rows(job.content, progress.offset)
    if chunk:
        officers = {one for one in (params.uploader, params.approver) if one is not None}
        line = _line(tx, chunk, officers) if KINDS[params.kind].by_two else set()
        sound = [row for row in chunk if _is_sound(job, row, officers, line)]
        changed += IMPORTERS[params.kind](tx, job, sound)
    return Step(
        finished=offset >= len(job.content),
        processed=len(chunk),
        total=params.rows,
        cursor=Progress(changed, offset),
        result=Imported(changed),
    )


def read_rows(content: bytes, offset: int) -> tuple[list[ImportRow], int]:
    """Return the next rows of the stored content, and where those after them begin."""
    rows: list[ImportRow] = []
    while offset < len(content) and len(rows) < CHUNK:
        end = content.find(b"\n", offset)
        end = len(content) if end < 0 else end
        rows.append(decode_as(content[offset:end], ImportRow))
        offset = end + 1
    return rows, offset


def _line(tx: Transaction, rows: list[ImportRow], officers: Collection[UUID]) -> set[UUID]:
    """Return whom the rows are about and neither officer may act on: a superior of theirs, or somebody below."""
    people = {row.employee_id for row in rows if row.employee_id is not None}
    return {one for officer in officers for one in of_line(tx, officer, people)}


def _is_sound(job: Job, row: ImportRow, officers: Collection[UUID], line: Collection[UUID]) -> bool:
    if row.duplicate_of is not None:
        expected = f"satu baris saja; sama dengan baris {row.duplicate_of}"
        job.issue(row.line, "baris", row.line, "duplicate_row", expected)
        return False
    if "nip" in row.cells:
        job.issue(row.line, "nip", row.cells["nip"], "nip_unknown", "NIP 18 angka (sebagai teks) pegawai instansi ini")
        return False
    if row.employee_id is not None and row.employee_id in officers:
        job.issue(row.line, "nip", row.employee_id, OwnAffair.code, OwnAffair.sentence)
        return False
    if row.employee_id is not None and row.employee_id in line:
        job.issue(row.line, "nip", row.employee_id, ActionInOwnLine.code, ActionInOwnLine.sentence)
        return False
    return True
