"""Store a predicate that appraisal publishes; pay, credit and eligibility follow from it."""

from dataclasses import dataclass

from chassis.causation import Causation, current_causation
from chassis.unit_of_work import Transaction
from incentive.domain.policy import months_affected_by
from incentive.domain.predicate import ReceivedPredicate, Stage
from incentive.domain.values import PeriodKind
from incentive.persistence.policies import published_policies
from incentive.persistence.predicates import add_received
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_recalculation
from incentive.use_cases.awards.flag import flag_awards_on
from incentive.use_cases.credit.book_annual import YearToBook, book_annual_credit


@dataclass(frozen=True)
class _Final:
    received: ReceivedPredicate
    causation: Causation


def receive_final(tx: Transaction, received: ReceivedPredicate) -> None:
    """Store a final result or its correction with those of its batch; the highest version counts, whatever the order.

    Credit and eligibility depend on annual results.
    """
    tx.before_commit(_store_finals, _Final(received, current_causation()))


def _store_finals(tx: Transaction, finals: list[_Final]) -> None:
    """Store predicates, enqueue the months that depend on the new ones, and book the years that they end."""
    added = add_received(tx, [one.received for one in finals])
    if not added:
        return
    policies = published_policies(tx)
    months = {period: months_affected_by(policies, period) for period in {one.period for one in added}}
    enqueue_recalculation(tx, ((one.employee_id, month) for one in added for month in months[one.period]), "predicate")
    flag_awards_on(tx, [one for one in added if one.stage is Stage.CORRECTED])
    causations = {one.received: one.causation for one in finals}
    annual = [one for one in added if one.period.kind is PeriodKind.YEAR]
    for one in annual:
        tx.before_commit(book_annual_credit, YearToBook(one.employee_id, one.period.year, causations[one]))
    if annual:
        enqueue_reassessment(tx, *{one.employee_id for one in annual})
