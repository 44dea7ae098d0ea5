"""Take rows of a table of job-class amounts (besaran tukin per kelas jabatan)."""

from datetime import date

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.persistence.class_amounts import put_amounts
from incentive.persistence.marks import mark_everybody
from incentive.use_cases.import_rows import ImportRow, read_date, read_whole

MOST = 1_000_000_000
HIGHEST_CLASS = 27


def take_class_amount_rows(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the amounts of sound rows; gives how many were sound and new."""
    amounts: dict[tuple[int, date], tuple[int, str]] = {}
    for row in rows:
        number = read_whole(job, row, "kelas_jabatan", 1, HIGHEST_CLASS)
        amount = read_whole(job, row, "jumlah", 0, MOST)
        day = read_date(job, row, "berlaku_sejak")
        if number and amount is not None and day:
            amounts[number, day] = (amount, "as imported by the agency")
    days = put_amounts(tx, amounts, "Tabel besaran instansi (impor)", job.created_by)
    if days:
        mark_everybody(tx, days[0], None, "class_amount")
    return sum(1 for _, day in amounts if day in days)
