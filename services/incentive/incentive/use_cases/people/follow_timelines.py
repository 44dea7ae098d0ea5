"""Follow people's timelines: whatever day of the past has changed, pay and credit since then are calculated again."""

from collections.abc import Sequence

from chassis.unit_of_work import Transaction
from directory.keeping import TimelineChange
from incentive.persistence.predicates import appraised_years
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_arrived, enqueue_since
from incentive.use_cases.credit.book_annual import YearToBook, book_annual_credit


def follow_timelines(tx: Transaction, changes: Sequence[TimelineChange]) -> None:
    """Enqueue every month since the first day that differs, and book years already converted again.

    Of somebody who is new here, all days differ from nothing: their decided months are compared with what was paid.
    """
    since = {change.employee_id: change.changed_from for change in changes}
    arrived = {change.employee_id for change in changes if change.is_new}
    enqueue_since(tx, {one: day for one, day in since.items() if one not in arrived}, "timeline")
    enqueue_arrived(tx, {one: day for one, day in since.items() if one in arrived}, "timeline")
    causations = {change.employee_id: change.causation for change in changes}
    for employee_id, year in appraised_years(tx, {one: day.year for one, day in since.items()}):
        tx.before_commit(book_annual_credit, YearToBook(employee_id, year, causations[employee_id]))
    enqueue_reassessment(tx, *since)
