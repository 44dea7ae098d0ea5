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
    """Store the predicates of sound rows; without a quarter or a month it is that of the whole year."""
    known = known_employees(tx, [row.employee_id for row in rows if row.employee_id])
    latest = today_of(tx).year
    items = []
    for row in rows:
        employee_id = read_employee(job, row, known)
        year = read_whole(job, row, "tahun", FIRST_YEAR, latest)
        label = read_choice(job, row, "predikat", LABELS)
        part = _part(job, row)
        if employee_id and year and label and part is not None:
            kind, number = part
            items.append(PastPredicate(employee_id, Period(kind, year, number), LABELS[label]))
    return apply_history(tx, items)


def _part(job: Job, row: ImportRow) -> tuple[PeriodKind, int] | None:
    """Return the part of the year that a row names; None, with an issue, for a wrong one or two at once."""
    quarter, month = row.cells.get("triwulan"), row.cells.get("bulan")
    if quarter and month:
        job.issue(row.line, "bulan", month, "two_parts", "kosong, karena triwulan sudah diisi")
        return None
    if month:
        number = read_whole(job, row, "bulan", 1, 12)
        return None if number is None else (PeriodKind.MONTH, number)
    if quarter:
        number = read_whole(job, row, "triwulan", 1, 4)
        return None if number is None else (PeriodKind.QUARTER, number)
    return PeriodKind.YEAR, 0
