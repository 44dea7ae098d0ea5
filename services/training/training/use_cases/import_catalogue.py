"""Import courses and reference items from CSV as resumable jobs; the same file twice changes nothing."""

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from chassis import audit, jobs
from chassis.auth import Principal
from chassis.errors import AppError, FieldError, InvalidInput
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction, UnitOfWork
from training.persistence import catalogue, library
from training.persistence.models import Course, ReferenceItem
from training.persistence.rows import lock
from training.use_cases.borrow import serve_holds
from training.use_cases.check_codes import known_competencies
from training.use_cases.save_course import checked

COURSES, ITEMS = "import_courses", "import_reference_items"
COLUMNS = {
    COURSES: ("code", "title", "kind_code", "jp", "minutes", "level", "competency_codes", "provider", "active"),
    ITEMS: (
        "code",
        "title",
        "author",
        "year",
        "kind",
        "subject",
        "competency_codes",
        "language",
        "licence",
        "link",
        "copies",
        "active",
    ),
}
REQUIRED = {COURSES: ("code", "title", "kind_code", "provider"), ITEMS: ("code", "title", "kind")}
ROWS_PER_STEP = 200
Parse = Callable[[Mapping[str, str]], dict[str, Any]]
Save = Callable[[Transaction, dict[str, Any]], bool]


def start_import(work: UnitOfWork, actor: Principal, kind: str, content: bytes) -> UUID:
    """Check that the file is CSV with the wanted columns, and queue it."""
    header = _header(content)
    missing = [name for name in REQUIRED[kind] if name not in header]
    unknown = [name for name in header if name not in COLUMNS[kind]]
    faults = [FieldError(name, "column_missing", None, f"kolom {name} wajib ada di baris judul") for name in missing]
    faults += [FieldError(name, "column_unknown", name, f"kolom: {', '.join(COLUMNS[kind])}") for name in unknown]
    if faults:
        raise InvalidInput(errors=faults)
    with work.transaction(actor.agency_id) as tx:
        digest = hashlib.sha256(content).hexdigest()
        job_id = jobs.start(tx, kind, {"sha256": digest}, actor.account_id, content)
        audit.record(tx, actor, kind, "job", job_id)
        return job_id


def import_step(tx: Transaction, job: Job, kind: str, parse: Parse, save: Save) -> Step:
    """One step: up to 200 rows, each in a savepoint, so that a bad one spoils no other."""
    rows = list(csv.DictReader(io.StringIO(_text(job.content)), restkey="", restval=""))
    start = int(job.cursor.get("next", 0))
    counts = {name: int(job.cursor.get(name, 0)) for name in ("saved", "unchanged", "refused")}
    for number, row in enumerate(rows[start : start + ROWS_PER_STEP], start=start + 2):
        try:
            with tx.session.begin_nested():
                cells = {name: (row.get(name) or "").strip() for name in COLUMNS[kind]}
                counts["saved" if save(tx, parse(cells)) else "unchanged"] += 1
        except AppError as error:
            counts["refused"] += 1
            for fault in error.errors or [FieldError("code", error.code, row.get("code"), error.detail)]:
                job.issue(number, fault.field.split(".")[0], fault.value, fault.code, fault.expected)
    end = min(start + ROWS_PER_STEP, len(rows))
    return Step(
        finished=end >= len(rows),
        processed=end - start,
        cursor={"next": end, **counts},
        total=len(rows),
        result=counts,
    )


def parse_course(cells: Mapping[str, str]) -> dict[str, Any]:
    """The values of a course row; raises InvalidInput that names every bad cell."""
    reader = _Cells(cells, REQUIRED[COURSES])
    values = {
        "code": cells["code"],
        "title": cells["title"],
        "kind_code": cells["kind_code"],
        "jp": reader.integer("jp", 1, 2000),
        "minutes": reader.integer("minutes", 1, 100_000),
        "level": reader.integer("level", 1, 5),
        "competency_codes": reader.codes("competency_codes"),
        "provider": cells["provider"],
        "active": reader.boolean("active"),
    }
    reader.done()
    return values


def parse_item(cells: Mapping[str, str]) -> dict[str, Any]:
    """The values of a reference item row; raises InvalidInput that names every bad cell."""
    reader = _Cells(cells, REQUIRED[ITEMS])
    values = {
        "code": cells["code"],
        "title": cells["title"],
        "author": cells["author"],
        "year": reader.integer("year", 1000, 2200),
        "kind": reader.one_of("kind", ITEM_KINDS),
        "subject": cells["subject"],
        "competency_codes": reader.codes("competency_codes"),
        "language": cells["language"] or "id",
        "licence": cells["licence"],
        "link": reader.link("link"),
        "copies": reader.integer("copies", 0, 100_000) or 0,
        "active": reader.boolean("active"),
    }
    reader.done()
    return values


def save_course(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert or update by code; tells whether anything changed."""
    values = checked(tx, values)
    lock(tx, "course", values["code"])
    row = catalogue.course(tx, values["code"])
    if row is None:
        tx.session.add(Course(agency_id=tx.agency_id, version=1, **values))
        tx.session.flush()
        return True
    return _overwrite(tx, row, values)


def save_item(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert or update by code; tells whether anything changed."""
    values["competency_codes"] = known_competencies(tx, "competency_codes", values["competency_codes"])
    lock(tx, "reference_item", values["code"])
    row = library.item_by_code(tx, values["code"])
    if row is None:
        tx.session.add(ReferenceItem(agency_id=tx.agency_id, on_loan=0, reserved=0, version=1, **values))
        tx.session.flush()
        return True
    row = library.item(tx, row.id, for_update=True)
    assert row is not None
    out = row.on_loan + row.reserved
    if values["copies"] < out:
        raise InvalidInput(
            errors=[FieldError("copies", "copies_below_lent", values["copies"], f"paling sedikit {out}")]
        )
    changed = _overwrite(tx, row, values)
    serve_holds(tx, row)
    return changed


ITEM_KINDS = ("BOOK", "ARTICLE", "REGULATION", "MODULE", "VIDEO", "REPORT", "OTHER")
_YES, _NO = {"", "ya", "true", "1", "aktif"}, {"tidak", "false", "0"}


class _Cells:
    """Reads typed cells of one row and collects what is wrong with them."""

    def __init__(self, cells: Mapping[str, str], required: tuple[str, ...]) -> None:
        self.cells = cells
        self.faults = [FieldError(name, "required", "", "wajib diisi") for name in required if not cells[name]]

    def integer(self, name: str, low: int, high: int) -> int | None:
        text = self.cells[name]
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and low <= int(text) <= high):
            self.faults.append(FieldError(name, "number_invalid", text, f"bilangan bulat {low} sampai {high}"))
            return None
        return int(text)

    def boolean(self, name: str) -> bool:
        text = self.cells[name].casefold()
        if text not in _YES | _NO:
            self.faults.append(FieldError(name, "boolean_invalid", text, "ya atau tidak"))
        return text not in _NO

    def codes(self, name: str) -> list[str]:
        return [part.strip() for part in self.cells[name].replace(";", "|").split("|") if part.strip()]

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        if self.cells[name] and self.cells[name] not in allowed:
            self.faults.append(
                FieldError(name, "value_unknown", self.cells[name], f"salah satu dari: {', '.join(allowed)}")
            )
        return self.cells[name]

    def link(self, name: str) -> str | None:
        text = self.cells[name]
        if text and not text.startswith(("https://", "http://")):
            self.faults.append(FieldError(name, "link_invalid", text, "alamat yang diawali https://"))
        return text or None

    def done(self) -> None:
        if self.faults:
            raise InvalidInput(errors=self.faults)


def _overwrite(tx: Transaction, row: Course | ReferenceItem, values: dict[str, Any]) -> bool:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.version += 1
        tx.session.flush()
    return bool(changed)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            errors=[FieldError("file", "file_not_utf8", None, "berkas CSV dengan pengodean UTF-8")]
        ) from error
    if "\x00" in text:
        raise InvalidInput(errors=[FieldError("file", "file_not_csv", None, "berkas CSV, bukan berkas biner")])
    return text


def _header(content: bytes) -> list[str]:
    try:
        header = next(csv.reader(io.StringIO(_text(content)), strict=True), [])
    except csv.Error as error:
        raise InvalidInput(
            errors=[FieldError("file", "file_not_csv", None, "berkas CSV dengan baris judul")]
        ) from error
    return [name.strip() for name in header]
