"""One step of an import: a chunk of rows, good ones are stored, bad ones listed with what would be right."""

import json
from collections.abc import Callable
from uuid import UUID

from chassis.errors import OwnAffair
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from incentive.domain.import_rows import ImportRow
from incentive.use_cases.imports.import_attendance import import_attendance
from incentive.use_cases.imports.import_class_amounts import import_class_amounts
from incentive.use_cases.imports.import_openings import import_openings
from incentive.use_cases.imports.import_predicates import import_predicates

CHUNK = 2000

IMPORTERS: dict[str, Callable[[Transaction, Job, list[ImportRow]], int]] = {
    "attendance": import_attendance,
    "class_amounts": import_class_amounts,
    "credit_openings": import_openings,
    "predicate_history": import_predicates,
}


def continue_import(tx: Transaction, job: Job) -> Step:
    """Import the next chunk; the cursor holds the place in the content and how many rows have changed something."""
    changed = job.cursor.get("changed", 0)
    chunk, offset = _next_rows(job.content, job.cursor.get("offset", 0))
    if chunk:
        sound = [row for row in chunk if _is_sound(job, row)]
        changed += IMPORTERS[job.params["kind"]](tx, job, sound)
    return Step(
        finished=offset >= len(job.content),
        processed=len(chunk),
        total=job.params["rows"],
        cursor={"offset": offset, "changed": changed},
        result={"changed": changed},
    )


def _next_rows(content: bytes, offset: int) -> tuple[list[ImportRow], int]:
    rows: list[ImportRow] = []
    while offset < len(content) and len(rows) < CHUNK:
        end = content.find(b"\n", offset)
        end = len(content) if end < 0 else end
        item = json.loads(content[offset:end])
        employee = item.get("employee_id")
        rows.append(
            ImportRow(item["line"], item["cells"], UUID(employee) if employee else None, item.get("duplicate_of"))
        )
        offset = end + 1
    return rows, offset


def _is_sound(job: Job, row: ImportRow) -> bool:
    if row.duplicate_of is not None:
        expected = f"satu baris saja; sama dengan baris {row.duplicate_of}"
        job.issue(row.line, "baris", row.line, "duplicate_row", expected)
        return False
    if "nip" in row.cells:
        job.issue(row.line, "nip", row.cells["nip"], "nip_unknown", "NIP 18 angka (sebagai teks) pegawai instansi ini")
        return False
    if row.employee_id is not None and str(row.employee_id) == job.params.get("uploader"):
        job.issue(row.line, "nip", row.employee_id, OwnAffair.code, OwnAffair.sentence)
        return False
    return True
