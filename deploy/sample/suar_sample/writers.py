"""Tables as CSV and XLSX, written row by row, with the same bytes for the same rows."""

import csv
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

import xlsxwriter  # type: ignore[import-untyped]

FIXED_DATE = datetime(2026, 1, 1)  # noqa: DTZ001 - the creation date inside the file, kept still so that bytes repeat
FORMATS = ("csv", "xlsx")


class Table(Protocol):
    def write(self, row: Sequence[str]) -> None: ...


class CsvTable(AbstractContextManager["CsvTable"]):
    """A comma-separated file in UTF-8."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(columns)

    def write(self, row: Sequence[str]) -> None:
        self._rows.writerow(row)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class XlsxTable(AbstractContextManager["XlsxTable"]):
    """One sheet whose cells are all text, as an export that keeps leading zeros and long numbers whole."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        options = {
            "constant_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"created": FIXED_DATE})
        self._sheet = self._book.add_worksheet(path.stem[:31])
        self._next = 0
        self.write(columns)
        self._sheet.freeze_panes(1, 0)

    def write(self, row: Sequence[str]) -> None:
        for column, value in enumerate(row):
            self._sheet.write_string(self._next, column, value)
        self._next += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()


class TableSet(AbstractContextManager["TableSet"]):
    """The same table in every asked format; counts its rows."""

    def __init__(self, folder: Path, name: str, columns: Sequence[str], formats: Sequence[str]) -> None:
        kinds: dict[str, type[CsvTable | XlsxTable]] = {"csv": CsvTable, "xlsx": XlsxTable}
        self._tables = [kinds[suffix](folder / f"{name}.{suffix}", columns) for suffix in formats]
        self.rows = 0

    def write(self, row: Sequence[str]) -> None:
        self.rows += 1
        for table in self._tables:
            table.write(row)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in self._tables:
            table.__exit__(kind, error, trace)
