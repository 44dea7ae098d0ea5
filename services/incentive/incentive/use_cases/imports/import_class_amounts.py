"""Import rows of a table of job-class amounts (besaran tukin per kelas jabatan)."""

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.class_amount import LOWEST_CLASS, ClassOnDay, NewAmount
from incentive.domain.import_rows import ImportRow, read_date, read_whole
from incentive.persistence.class_amounts import highest_class, store_amounts
from incentive.persistence.recalculations import enqueue_everybody

MOST = 1_000_000_000


def import_class_amounts(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the amounts of sound rows. Return how many were sound and new."""
    amounts: dict[ClassOnDay, NewAmount] = {}
    highest = highest_class(tx)
    for row in rows:
        number = read_whole(job, row, "kelas_jabatan", LOWEST_CLASS, highest)
        amount = read_whole(job, row, "jumlah", 0, MOST)
        day = read_date(job, row, "berlaku_sejak")
        if number and amount is not None and day:
            amounts[ClassOnDay(number, day)] = NewAmount(amount, "as imported by the agency")
    days = store_amounts(tx, amounts, "Tabel besaran instansi (impor)", job.created_by)
    if days:
        enqueue_everybody(tx, days[0], None, "class_amount")
    return sum(1 for key in amounts if key.effective_from in days)
