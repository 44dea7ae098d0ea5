"""Take rows of an attendance file."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.months import first_day
from incentive.persistence.attendance import Occurrence, put_counts
from incentive.persistence.marks import mark_months
from incentive.persistence.people import known_among, today_of
from incentive.persistence.policies import known_codes, published_policies
from incentive.use_cases.import_rows import ImportRow, known_employee, read_choice, read_month, read_whole

MOST = 999


def take_attendance_rows(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the counts of sound rows; gives how many changed something."""
    latest = first_day(today_of(tx))
    codes = known_codes(published_policies(tx))
    known = known_among(tx, [row.employee_id for row in rows if row.employee_id])
    counts: dict[Occurrence, int] = {}
    for row in rows:
        employee_id = known_employee(job, row, known)
        month = read_month(job, row, "bulan", latest)
        code = read_choice(job, row, "kode", codes)
        count = read_whole(job, row, "jumlah", 0, MOST)
        if employee_id and month and code and count is not None:
            counts[Occurrence(employee_id, month, code)] = count
    return store_counts(tx, counts, f"job:{job.id}", job.created_by)


def store_counts(tx: Transaction, counts: dict[Occurrence, int], source: str, entered_by: UUID | None) -> int:
    """Store counts and mark the months that they change."""
    changed = put_counts(tx, counts, source, entered_by)
    by_month: dict[date, set[UUID]] = defaultdict(set)
    for key in changed:
        by_month[key.month].add(key.employee_id)
    for month, ids in sorted(by_month.items()):
        mark_months(tx, sorted(ids), [month], "attendance")
    return len(changed)
