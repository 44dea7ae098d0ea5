"""Store a predicate that appraisal publishes; pay, credit and eligibility follow from it."""

from chassis.unit_of_work import Transaction
from incentive.domain.policy import months_affected_by
from incentive.domain.predicate import ReceivedPredicate
from incentive.domain.values import PeriodKind
from incentive.persistence.policies import published_policies
from incentive.persistence.predicates import add_received
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_recalculation
from incentive.use_cases.credit.book_annual import book_annual_credit


def receive_final(tx: Transaction, received: ReceivedPredicate) -> None:
    """Store a final result or its correction; the highest version counts, whatever the order.

    Credit and eligibility depend on annual results at once; all others are stored together with those of their batch.
    """
    if received.period.kind is not PeriodKind.YEAR:
        tx.before_commit(_store_finals, received)
    elif _store_finals(tx, [received]):
        book_annual_credit(tx, received.employee_id, received.period.year)
        enqueue_reassessment(tx, received.employee_id)


def _store_finals(tx: Transaction, received: list[ReceivedPredicate]) -> list[ReceivedPredicate]:
    """Store predicates, and enqueue the months that depend on the new ones."""
    added = add_received(tx, received)
    if added:
        policies = published_policies(tx)
        months = {period: months_affected_by(policies, period) for period in {one.period for one in added}}
        pairs = ((one.employee_id, month) for one in added for month in months[one.period])
        enqueue_recalculation(tx, pairs, "predicate")
    return added
