"""Take rows of opening balances of credit points."""

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.values import PositionLevel
from incentive.persistence.people import known_among, today_of
from incentive.use_cases.import_rows import ImportRow, known_employee, read_choice, read_date, read_decimal
from incentive.use_cases.open_credit import OpeningBalance, put_openings

MOST = 9999


def take_opening_rows(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the openings of sound rows; gives how many changed something."""
    today = today_of(tx)
    known = known_among(tx, [row.employee_id for row in rows if row.employee_id])
    given = []
    for row in rows:
        employee_id = known_employee(job, row, known)
        level = read_choice(job, row, "jenjang", [item.value for item in PositionLevel])
        balance = read_decimal(job, row, "saldo", MOST)
        base = read_decimal(job, row, "dasar", MOST)
        as_of = read_date(job, row, "per_tanggal")
        if as_of is not None and as_of > today:
            job.issue(row.line, "per_tanggal", as_of, "date_in_future", f"paling akhir {today}")
            continue
        if base is not None and balance is not None and base > balance:
            job.issue(row.line, "dasar", base, "base_above_balance", "tidak melebihi saldo")
            continue
        if employee_id and level and balance is not None and base is not None and as_of:
            entry = row.cells.get("golongan_masuk") or None
            number = row.cells.get("nomor_pak") or f"impor {job.id}"
            given.append(OpeningBalance(employee_id, PositionLevel(level), balance, base, as_of, entry, number))
    return put_openings(tx, given, job.created_by)
