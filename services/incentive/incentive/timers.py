"""Days on which eligibility is looked at again."""

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from incentive.persistence.eligibility import REVIEW, SWEEP
from incentive.use_cases.sweep_eligibility import review_eligibility, sweep_eligibility

timers = Timers()


@timers.on(SWEEP)
def on_sweep(tx: Transaction, _timer: Timer) -> None:
    sweep_eligibility(tx)


@timers.on(REVIEW)
def on_review(tx: Transaction, _timer: Timer) -> None:
    review_eligibility(tx)
