"""Rows of the CSV files of courses and of reference items."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.errors import FieldError, InvalidInput
from training.domain.course import AddCourse
from training.domain.reference_item import AddReferenceItem, ItemKind


@dataclass(frozen=True)
class Columns:
    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)


COURSE_COLUMNS = Columns(
    required=("code", "title", "kind_code", "provider"),
    optional=("jp", "minutes", "level", "competency_codes", "active"),
)
ITEM_COLUMNS = Columns(
    required=("code", "title", "kind"),
    optional=("author", "year", "subject", "competency_codes", "language", "licence", "link", "copies", "active"),
)
_YES, _NO = {"", "ya", "true", "1", "aktif"}, {"tidak", "false", "0"}


def require_columns(content: bytes, columns: Columns) -> None:
    """Raise InvalidInput unless the file is CSV in UTF-8 with the columns that are wanted and no others."""
    try:
        header = [name.strip() for name in next(csv.reader(io.StringIO(_text(content)), strict=True), [])]
    except csv.Error as error:
        fault = FieldError("file", "file_not_csv", None, "berkas CSV dengan baris judul")
        raise InvalidInput(errors=[fault]) from error
    expected = f"kolom: {', '.join(columns.all)}"
    faults = [
        FieldError(name, "column_missing", None, f"kolom {name} wajib ada di baris judul")
        for name in columns.required
        if name not in header
    ]
    faults += [FieldError(name, "column_unknown", name, expected) for name in header if name not in columns.all]
    if faults:
        raise InvalidInput(errors=faults)


def read_rows(content: bytes, columns: Columns) -> list[tuple[int, dict[str, str]]]:
    """Return the cells of each row by column, with the row's number in the file (the header is 1)."""
    rows = csv.DictReader(io.StringIO(_text(content)), restkey="", restval="")
    cells = [{name: (row.get(name) or "").strip() for name in columns.all} for row in rows]
    return list(enumerate(cells, start=2))


def read_course(cells: Mapping[str, str]) -> AddCourse:
    """Return the course of a row. Raise InvalidInput that names every bad cell."""
    reader = _CellReader(cells, COURSE_COLUMNS.required)
    command = AddCourse(
        code=cells["code"],
        title=cells["title"],
        kind_code=cells["kind_code"],
        jp=reader.integer("jp", 1, 2000),
        minutes=reader.integer("minutes", 1, 100_000),
        level=reader.integer("level", 1, 5),
        competency_codes=reader.codes("competency_codes"),
        provider=cells["provider"],
        active=reader.boolean("active"),
    )
    reader.require_no_faults()
    return command


def read_reference_item(cells: Mapping[str, str]) -> AddReferenceItem:
    """Return the reference item of a row. Raise InvalidInput that names every bad cell."""
    reader = _CellReader(cells, ITEM_COLUMNS.required)
    year, kind, link = reader.integer("year", 1000, 2200), reader.kind("kind"), reader.link("link")
    copies, active = reader.integer("copies", 0, 100_000) or 0, reader.boolean("active")
    reader.require_no_faults()
    return AddReferenceItem(
        code=cells["code"],
        title=cells["title"],
        author=cells["author"],
        year=year,
        kind=ItemKind(kind),
        subject=cells["subject"],
        competency_codes=reader.codes("competency_codes"),
        language=cells["language"] or "id",
        licence=cells["licence"],
        link=link,
        copies=copies,
        active=active,
    )


class _CellReader:
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

    def codes(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.cells[name].replace(";", "|").split("|") if part.strip())

    def kind(self, name: str) -> str:
        text = self.cells[name]
        if text and text not in list(ItemKind):
            self.faults.append(FieldError(name, "value_unknown", text, f"salah satu dari: {', '.join(ItemKind)}"))
        return text

    def link(self, name: str) -> str | None:
        text = self.cells[name]
        if text and not text.startswith(("https://", "http://")):
            self.faults.append(FieldError(name, "link_invalid", text, "alamat yang diawali https://"))
        return text or None

    def require_no_faults(self) -> None:
        if self.faults:
            raise InvalidInput(errors=self.faults)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = FieldError("file", "file_not_utf8", None, "berkas CSV dengan pengodean UTF-8")
        raise InvalidInput(errors=[fault]) from error
    if "\x00" in text:
        raise InvalidInput(errors=[FieldError("file", "file_not_csv", None, "berkas CSV, bukan berkas biner")])
    return text
