"""Import rows of an attendance file."""

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.attendance import Occurrence
from incentive.domain.import_rows import ImportRow, read_choice, read_employee, read_month, read_whole
from incentive.domain.months import first_day
from incentive.domain.policy import priced_codes
from incentive.persistence.people import known_employees, today_of
from incentive.persistence.policies import published_policies
from incentive.use_cases.attendance.record import apply_counts

MOST = 999


def import_attendance(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the counts of sound rows. Return how many changed something."""
    latest = first_day(today_of(tx))
    codes = priced_codes(published_policies(tx))
    known = known_employees(tx, [row.employee_id for row in rows if row.employee_id])
    counts: dict[Occurrence, int] = {}
    for row in rows:
        employee_id = read_employee(job, row, known)
        month = read_month(job, row, "bulan", latest)
        code = read_choice(job, row, "kode", codes)
        count = read_whole(job, row, "jumlah", 0, MOST)
        if employee_id and month and code and count is not None:
            counts[Occurrence(employee_id, month, code)] = count
    return apply_counts(tx, counts, f"job:{job.id}", job.created_by)
