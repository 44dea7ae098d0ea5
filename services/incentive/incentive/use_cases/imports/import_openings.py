"""Import rows of opening balances of credit points."""

from datetime import date
from uuid import UUID

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from directory.people import PositionLevel
from incentive.domain.credit_account import OpeningBalance
from incentive.domain.import_rows import ImportRow, read_choice, read_date, read_decimal, read_employee
from incentive.persistence.people import known_employees, today_of
from incentive.use_cases.credit.set_opening import apply_openings

MOST = 9999


def import_openings(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the openings of sound rows. Return how many changed something."""
    today = today_of(tx)
    known = known_employees(tx, [row.employee_id for row in rows if row.employee_id])
    found = (_read(job, row, known, today) for row in rows)
    return apply_openings(tx, [one for one in found if one is not None], job.created_by)


def _read(job: Job, row: ImportRow, known: set[UUID], today: date) -> OpeningBalance | None:
    employee_id = read_employee(job, row, known)
    level = read_choice(job, row, "jenjang", [item.value for item in PositionLevel])
    balance = read_decimal(job, row, "saldo", MOST)
    base = read_decimal(job, row, "dasar", MOST)
    as_of = read_date(job, row, "per_tanggal")
    if as_of is not None and as_of > today:
        job.issue(row.line, "per_tanggal", as_of, "date_in_future", f"paling akhir {today}")
        return None
    if base is not None and balance is not None and base > balance:
        job.issue(row.line, "dasar", base, "base_above_balance", "tidak melebihi saldo")
        return None
    if not employee_id or not level or balance is None or base is None or as_of is None:
        return None
    entry = row.cells.get("golongan_masuk") or None
    number = row.cells.get("nomor_pak") or f"impor {job.id}"
    return OpeningBalance(employee_id, PositionLevel(level), balance, base, as_of, entry, number)
