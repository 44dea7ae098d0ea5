"""Rows of an imported file, and how their cells are read: each reader records what is wrong and returns None."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol
from uuid import UUID

from incentive.domain.months import parse_month


class RowIssues(Protocol):
    """Where bad rows are recorded: the line, the column, the value, and in Indonesian what would be right."""

    def issue(self, row: int | None, column: str, value: object, code: str, expected: str) -> None: ...


@dataclass(frozen=True)
class ImportRow:
    line: int
    cells: dict[str, str]
    employee_id: UUID | None = None
    duplicate_of: int | None = None


def read_month(issues: RowIssues, row: ImportRow, column: str, latest: date) -> date | None:
    """Read a month such as 2026-07, no later than `latest`; a spreadsheet's date stands for its month."""
    value = row.cells[column]
    try:
        month = parse_month(value[:7] if len(value) == 10 else value)  # noqa: PLR2004 - YYYY-MM-DD
    except ValueError:
        issues.issue(row.line, column, value, "month_invalid", "bulan dengan bentuk TTTT-BB, misalnya 2026-07")
        return None
    if month > latest:
        issues.issue(row.line, column, value, "month_in_future", f"paling akhir {latest:%Y-%m}")
        return None
    return month


def read_date(issues: RowIssues, row: ImportRow, column: str) -> date | None:
    value = row.cells[column]
    try:
        return date.fromisoformat(value)
    except ValueError:
        issues.issue(row.line, column, value, "date_invalid", "tanggal dengan bentuk TTTT-BB-HH, misalnya 2026-01-02")
        return None


def read_whole(issues: RowIssues, row: ImportRow, column: str, low: int, high: int) -> int | None:
    value = row.cells[column]
    if value.isascii() and value.isdecimal() and low <= int(value) <= high:
        return int(value)
    expected = f"bilangan bulat {low} sampai {high}, tanpa titik atau koma"
    issues.issue(row.line, column, value, "number_invalid", expected)
    return None


def read_decimal(issues: RowIssues, row: ImportRow, column: str, high: int) -> Decimal | None:
    value = row.cells[column]
    try:
        number = Decimal(value.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if number.is_finite() and 0 <= number <= high:
        return number.quantize(Decimal("0.001"))
    issues.issue(row.line, column, value, "number_invalid", f"angka 0 sampai {high}, misalnya 90,000 atau 90.000")
    return None


def read_choice(issues: RowIssues, row: ImportRow, column: str, choices: Iterable[str]) -> str | None:
    value = row.cells[column].upper().replace(" ", "_")
    allowed = sorted(choices)
    if value in allowed:
        return value
    issues.issue(row.line, column, row.cells[column], "choice_invalid", f"salah satu dari {', '.join(allowed)}")
    return None


def read_employee(issues: RowIssues, row: ImportRow, known_ids: set[UUID]) -> UUID | None:
    """Return the row's employee, once personnel's events about them have arrived here."""
    if row.employee_id in known_ids:
        return row.employee_id
    expected = "pegawai yang datanya sudah sampai di layanan ini; impor lagi beberapa saat kemudian"
    issues.issue(row.line, "nip", row.employee_id, "employee_not_known_yet", expected)
    return None
