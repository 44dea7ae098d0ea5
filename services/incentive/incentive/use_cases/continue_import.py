"""One step of an import: a chunk of rows, good ones in, bad ones listed with what would be right."""

import json
from collections.abc import Callable
from uuid import UUID

from chassis.errors import OwnAffair
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from incentive.use_cases.import_rows import ImportRow
from incentive.use_cases.take_attendance_rows import take_attendance_rows
from incentive.use_cases.take_class_amount_rows import take_class_amount_rows
from incentive.use_cases.take_opening_rows import take_opening_rows
from incentive.use_cases.take_predicate_rows import take_predicate_rows

CHUNK = 2000

TAKERS: dict[str, Callable[[Transaction, Job, list[ImportRow]], int]] = {
    "attendance": take_attendance_rows,
    "class_amounts": take_class_amount_rows,
    "credit_openings": take_opening_rows,
    "predicate_history": take_predicate_rows,
}


def continue_import(tx: Transaction, job: Job) -> Step:
    """Take the next chunk; the cursor holds the place in the content and how many rows have changed something."""
    offset = job.cursor.get("offset", 0)
    changed = job.cursor.get("changed", 0)
    chunk, offset = _next(job.content, offset)
    total = job.params["rows"]
    if chunk:
        good = [row for row in chunk if _sound(job, row)]
        changed += TAKERS[job.params["kind"]](tx, job, good)
    result = {"changed": changed}
    finished = offset >= len(job.content)
    cursor = {"offset": offset, "changed": changed}
    return Step(finished=finished, processed=len(chunk), total=total, cursor=cursor, result=result)


def _next(content: bytes, offset: int) -> tuple[list[ImportRow], int]:
    rows: list[ImportRow] = []
    while offset < len(content) and len(rows) < CHUNK:
        end = content.find(b"\n", offset)
        end = len(content) if end < 0 else end
        told = json.loads(content[offset:end])
        employee = told.get("employee_id")
        rows.append(
            ImportRow(told["line"], told["cells"], UUID(employee) if employee else None, told.get("duplicate_of"))
        )
        offset = end + 1
    return rows, offset


def _sound(job: Job, row: ImportRow) -> bool:
    if row.duplicate_of is not None:
        job.issue(
            row.line, "baris", row.line, "duplicate_row", f"satu baris saja; sama dengan baris {row.duplicate_of}"
        )
        return False
    if "nip" in row.cells:
        job.issue(row.line, "nip", row.cells["nip"], "nip_unknown", "NIP 18 angka (sebagai teks) pegawai instansi ini")
        return False
    if row.employee_id is not None and str(row.employee_id) == job.params.get("uploader"):
        job.issue(row.line, "nip", row.employee_id, OwnAffair.code, OwnAffair.sentence)
        return False
    return True
