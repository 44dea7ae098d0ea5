"""Take rows of predicates from before this system."""

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from incentive.domain.period import Period
from incentive.domain.values import PeriodKind, Predicate
from incentive.persistence.people import known_among, today_of
from incentive.use_cases.import_rows import ImportRow, known_employee, read_choice, read_whole
from incentive.use_cases.record_predicates import PastPredicate, put_predicates

FIRST_YEAR = 2000
LABELS = {
    "SANGAT_BAIK": Predicate.VERY_GOOD,
    "BAIK": Predicate.GOOD,
    "BUTUH_PERBAIKAN": Predicate.NEEDS_IMPROVEMENT,
    "CUKUP": Predicate.NEEDS_IMPROVEMENT,
    "KURANG": Predicate.POOR_MISCONDUCT,
    "SANGAT_KURANG": Predicate.VERY_POOR,
    **{item.value: item for item in Predicate},
}


def take_predicate_rows(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the predicates of sound rows; an empty quarter means the whole year."""
    known = known_among(tx, [row.employee_id for row in rows if row.employee_id])
    latest = today_of(tx).year
    items = []
    for row in rows:
        employee_id = known_employee(job, row, known)
        year = read_whole(job, row, "tahun", FIRST_YEAR, latest)
        label = read_choice(job, row, "predikat", LABELS)
        quarterly = bool(row.cells.get("triwulan"))
        quarter = read_whole(job, row, "triwulan", 1, 4) if quarterly else 0
        if employee_id and year and label and quarter is not None:
            kind = PeriodKind.QUARTER if quarterly else PeriodKind.YEAR
            items.append(PastPredicate(employee_id, Period(kind, year, quarter), LABELS[label]))
    return put_predicates(tx, items)
