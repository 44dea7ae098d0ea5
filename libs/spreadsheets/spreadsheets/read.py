"""An uploaded file as a table of text: CSV (comma or semicolon, UTF-8) or XLSX. Bytes in, rows out."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chassis.errors import FieldError
from spreadsheets.errors import (
    ImportColumnsMissing,
    ImportFileEmpty,
    ImportFileTooLarge,
    ImportNotSpreadsheet,
    ImportTooManyColumns,
    ImportTooManyRows,
    ImportWrongEncoding,
)
from spreadsheets.xlsx import MEGABYTE, sheet_rows

_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_INFLATION = 5


@dataclass(frozen=True)
class Limits:
    """How large a file may be; what is read of a spreadsheet may unpack to five times the file limit."""

    megabytes: int = 50
    rows: int = 200_000
    columns: int = 200


@dataclass(frozen=True)
class Columns:
    """The columns a file must have and may have, in the order of the template."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


@dataclass(frozen=True)
class Table:
    """The data rows by their number in the file (the header is row 1), each a mapping of column to trimmed text."""

    rows: list[tuple[int, dict[str, str]]]
    ignored: list[str]


def read_table(content: bytes, columns: Columns, limits: Limits) -> Table:
    """Read an upload; raises one of the Import… errors, which say what to do about it."""
    if len(content) > limits.megabytes * MEGABYTE:
        raise ImportFileTooLarge(found_mb=-(-len(content) // MEGABYTE), limit_mb=limits.megabytes)
    if not content.strip():
        raise ImportFileEmpty
    numbered = _xlsx_lines(content, limits) if content.startswith(_ZIP) else _csv_lines(content, limits)
    header = next(((number, cells) for number, cells in numbered if any(cells)), None)
    if header is None:
        raise ImportFileEmpty
    names = [cell.strip().lower().replace(" ", "_") for cell in header[1]]
    _check_header(names, columns)
    known = [name if name in columns.all else "" for name in names]
    rows: list[tuple[int, dict[str, str]]] = []
    found = 0
    for number, cells in numbered:
        if any(cell.strip() for cell in cells):
            found += 1
            if found <= limits.rows:
                rows.append((number, _by_name(known, cells)))
    if found > limits.rows:
        raise ImportTooManyRows(rows=found, limit=limits.rows)
    if not rows:
        raise ImportFileEmpty
    return Table(rows, [name for name in names if name and name not in columns.all])


def _by_name(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    # a NUL is legal in UTF-8 and refused by PostgreSQL
    return {name: cell.replace("\x00", "").strip() for name, cell in zip(names, cells, strict=False) if name}


def _check_header(names: list[str], columns: Columns) -> None:
    errors = [
        FieldError(name, "column_missing", None, f"Tambahkan kolom '{name}' pada baris pertama.")
        for name in columns.required
        if name not in names
    ]
    errors += [
        FieldError(name, "column_twice", name, f"Kolom '{name}' muncul lebih dari sekali; sisakan satu.")
        for name in columns.all
        if names.count(name) > 1
    ]
    if errors:
        raise ImportColumnsMissing(errors=errors)


def _csv_lines(content: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    if content.startswith(_UTF16):
        raise ImportWrongEncoding(row=1)
    if b"\x00" in content[:4096]:
        raise ImportNotSpreadsheet
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportWrongEncoding(row=content.count(b"\n", 0, error.start) + 1) from None
    first = text.lstrip().split("\n", 1)[0]
    if "," not in first and ";" not in first:
        raise ImportNotSpreadsheet
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if len(cells) > limits.columns and any(cells[limits.columns :]):
                raise ImportTooManyColumns(row=number, columns=len(cells), limit=limits.columns)
            yield number, cells
    except csv.Error:
        raise ImportNotSpreadsheet from None


def _xlsx_lines(content: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    return sheet_rows(content, limits.megabytes * MEGABYTE * _INFLATION, limits.columns)
