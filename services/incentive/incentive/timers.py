"""The sweep of the reassessment queue, and days on which eligibility must be reviewed."""

from approvals.keeping import keep_proposals
from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from incentive.persistence.people import today_of
from incentive.persistence.reassessments import REVIEW, SWEEP, enqueue_due_reviews
from incentive.use_cases.eligibility.sweep import sweep_eligibility

timers = Timers()
keep_proposals(timers)


@timers.on(SWEEP)
def on_sweep(tx: Transaction, _timer: Timer) -> None:
    sweep_eligibility(tx)


@timers.on(REVIEW)
def on_review(tx: Transaction, _timer: Timer) -> None:
    """Time alone may change something today: enqueue everybody whose day it is."""
    enqueue_due_reviews(tx, today_of(tx))
