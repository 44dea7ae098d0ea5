"""Import rows of predicates from before this system."""

from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from directory.performance import Predicate
from incentive.domain.import_rows import ImportRow, read_choice, read_employee, read_whole
from incentive.domain.period import Period
from incentive.domain.predicate import PastPredicate
from incentive.domain.values import PeriodKind
from incentive.persistence.people import known_employees, today_of
from incentive.use_cases.predicates.record_history import apply_history

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


def import_predicates(tx: Transaction, job: Job, rows: list[ImportRow]) -> int:
    """Store the predicates of sound rows; an empty quarter means the whole year."""
    known = known_employees(tx, [row.employee_id for row in rows if row.employee_id])
    latest = today_of(tx).year
    items = []
    for row in rows:
        employee_id = read_employee(job, row, known)
        year = read_whole(job, row, "tahun", FIRST_YEAR, latest)
        label = read_choice(job, row, "predikat", LABELS)
        quarterly = bool(row.cells.get("triwulan"))
        quarter = read_whole(job, row, "triwulan", 1, 4) if quarterly else 0
        if employee_id and year and label and quarter is not None:
            kind = PeriodKind.QUARTER if quarterly else PeriodKind.YEAR
            items.append(PastPredicate(employee_id, Period(kind, year, quarter), LABELS[label]))
    return apply_history(tx, items)
