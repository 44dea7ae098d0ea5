"""XLSX that people can open: sheets of texts with bold titles, the same bytes for the same content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDEST = 60
# nothing is run as a formula or opened as an address, and no number loses its zeros
_TEXTS_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows of texts; `titles` are the numbers of the rows in bold, counted from 0."""

    name: str
    rows: Sequence[Sequence[str]]
    titles: frozenset[int] = frozenset()


def write_xlsx(sheets: Sequence[Sheet], day: date) -> bytes:
    """Return a workbook that bears a day as its date."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _TEXTS_ONLY) as book:
        book.set_properties({"created": datetime.combine(day, time.min)})
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bold": True})
        for name, sheet in zip(_names(sheets), sheets, strict=True):
            page = book.add_worksheet(name)
            for at, width in enumerate(_widths(sheet)):
                page.set_column(at, at, width)
            for number, row in enumerate(sheet.rows):
                for at, text in enumerate(row):
                    page.write_string(number, at, text, bold if number in sheet.titles else plain)
    return buffer.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    widths = [10] * max((len(row) for row in sheet.rows), default=0)
    for row in sheet.rows:
        for at, text in enumerate(row):
            if len(row) > 1:
                widths[at] = min(max(widths[at], len(text) + 2), _WIDEST)
    return widths


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Return names that a workbook takes: short, without its own signs, each once."""
    names: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        name = _NOT_IN_NAMES.sub(" ", sheet.name)[:_LONGEST_NAME].strip() or f"Lembar {number}"
        if name.lower() in {one.lower() for one in names}:
            name = f"{name[: _LONGEST_NAME - 4]} {number}"
        names.append(name)
    return names
