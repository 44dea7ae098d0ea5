"""Rows of an import, and how their cells are read: each reader notes what is wrong and gives None."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from chassis.jobs import Job
from incentive.domain.months import parse_month


@dataclass(frozen=True)
class ImportRow:
    line: int
    cells: dict[str, str]
    employee_id: UUID | None = None
    duplicate_of: int | None = None


def read_month(job: Job, row: ImportRow, column: str, latest: date) -> date | None:
    """A month such as 2026-07, no later than `latest`; a spreadsheet's date stands for its month."""
    value = row.cells[column]
    try:
        month = parse_month(value[:7] if len(value) == 10 else value)  # noqa: PLR2004 - YYYY-MM-DD
    except ValueError:
        job.issue(row.line, column, value, "month_invalid", "bulan dengan bentuk TTTT-BB, misalnya 2026-07")
        return None
    if month > latest:
        job.issue(row.line, column, value, "month_in_future", f"paling akhir {latest:%Y-%m}")
        return None
    return month


def read_date(job: Job, row: ImportRow, column: str) -> date | None:
    value = row.cells[column]
    try:
        return date.fromisoformat(value)
    except ValueError:
        job.issue(row.line, column, value, "date_invalid", "tanggal dengan bentuk TTTT-BB-HH, misalnya 2026-01-02")
        return None


def read_whole(job: Job, row: ImportRow, column: str, low: int, high: int) -> int | None:
    value = row.cells[column]
    if value.isascii() and value.isdecimal() and low <= int(value) <= high:
        return int(value)
    job.issue(row.line, column, value, "number_invalid", f"bilangan bulat {low} sampai {high}, tanpa titik atau koma")
    return None


def read_decimal(job: Job, row: ImportRow, column: str, high: int) -> Decimal | None:
    value = row.cells[column]
    try:
        number = Decimal(value.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if number.is_finite() and 0 <= number <= high:
        return number.quantize(Decimal("0.001"))
    job.issue(row.line, column, value, "number_invalid", f"angka 0 sampai {high}, misalnya 90,000 atau 90.000")
    return None


def read_choice(job: Job, row: ImportRow, column: str, choices: Iterable[str]) -> str | None:
    value = row.cells[column].upper().replace(" ", "_")
    allowed = sorted(choices)
    if value in allowed:
        return value
    job.issue(row.line, column, row.cells[column], "choice_invalid", f"salah satu dari {', '.join(allowed)}")
    return None


def known_employee(job: Job, row: ImportRow, known: set[UUID]) -> UUID | None:
    """The row's employee, once personnel's news of them has arrived here."""
    if row.employee_id in known:
        return row.employee_id
    words = "pegawai yang datanya sudah sampai di layanan ini; impor lagi beberapa saat kemudian"
    job.issue(row.line, "nip", row.employee_id, "employee_not_known_yet", words)
    return None
