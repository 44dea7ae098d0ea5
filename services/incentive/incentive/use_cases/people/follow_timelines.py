"""Follow people's timelines: whatever day of the past has changed, pay and credit since then are calculated again."""

from collections.abc import Sequence

from chassis.unit_of_work import Transaction
from directory.keeping import TimelineChange
from incentive.persistence.predicates import appraised_years
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_since
from incentive.use_cases.credit.book_annual import book_annual_credit


def follow_timelines(tx: Transaction, changes: Sequence[TimelineChange]) -> None:
    """Enqueue every month since the first day that differs, and book years already converted again."""
    since = {change.employee_id: change.changed_from for change in changes}
    enqueue_since(tx, since, "timeline")
    for employee_id, year in appraised_years(tx, {one: day.year for one, day in since.items()}):
        book_annual_credit(tx, employee_id, year)
    enqueue_reassessment(tx, *since)
