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

Row = tuple[int, dict[str, str]]
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
    """The data rows by their number in the file (the header is row 1), each a mapping of column to trimmed text.

    They are read as they are asked for, once: a file of 200,000 rows is never held as a whole.
    """

    rows: Iterator[Row]
    ignored: list[str]


def read_table(content: bytes, columns: Columns, limits: Limits) -> Table:
    """Read the header of an upload; raises one of the Import… errors, which say what to do about it.

    Those that speak of rows are raised while the rows are read: ImportTooManyRows and ImportFileEmpty after the last.
    """
    if len(content) > limits.megabytes * MEGABYTE:
        raise ImportFileTooLarge(found_mb=-(-len(content) // MEGABYTE), limit_mb=limits.megabytes)
    if not content or content.isspace():
        raise ImportFileEmpty
    numbered = _xlsx_lines(content, limits) if content.startswith(_ZIP) else _csv_lines(content, limits)
    header = next(((number, cells) for number, cells in numbered if any(cells)), None)
    if header is None:
        raise ImportFileEmpty
    names = [cell.strip().lower().replace(" ", "_") for cell in header[1]]
    _check_header(names, columns)
    known = [name if name in columns.all else "" for name in names]
    return Table(_rows(numbered, known, limits.rows), [name for name in names if name and name not in columns.all])


def count_rows(content: bytes, columns: Columns, limits: Limits) -> int:
    """Read an upload to its end and return the number of its data rows; raises one of the Import… errors."""
    return sum(1 for _ in read_table(content, columns, limits).rows)


def _rows(numbered: Iterator[tuple[int, list[str]]], names: Sequence[str], limit: int) -> Iterator[Row]:
    found = 0
    for number, cells in numbered:
        if any(cell.strip() for cell in cells):
            found += 1
            if found <= limit:
                yield number, _by_name(names, cells)
    if found > limit:
        raise ImportTooManyRows(rows=found, limit=limit)
    if not found:
        raise ImportFileEmpty


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
    begin = len(content) - len(content.lstrip())
    end = content.find(b"\n", begin)
    first = content[begin : end if end >= 0 else None]
    if b"," not in first and b";" not in first:
        raise ImportNotSpreadsheet
    delimiter = ";" if first.count(b";") > first.count(b",") else ","
    # decoded part by part: the whole as text takes four times as much memory as the file
    lines = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
            if len(cells) > limits.columns and any(cells[limits.columns :]):
                raise ImportTooManyColumns(row=number, columns=len(cells), limit=limits.columns)
            yield number, cells
    except csv.Error:
        raise ImportNotSpreadsheet from None
    except UnicodeDecodeError:
        raise ImportWrongEncoding(row=_undecodable_row(content)) from None


def _undecodable_row(content: bytes) -> int:
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return 1


def _xlsx_lines(content: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    return sheet_rows(content, limits.megabytes * MEGABYTE * _INFLATION, limits.columns)
