"""Deadlines of training."""

from datetime import date
from uuid import UUID

from approvals.keeping import keep_proposals
from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from training.use_cases.directory.follow_timelines import TIMER, follow_day
from training.use_cases.holds.serve import HOLD_TIMER, expire_hold

timers = Timers()
keep_proposals(timers)


@timers.on(HOLD_TIMER)
def on_hold_pick_up(tx: Transaction, timer: Timer) -> None:
    expire_hold(tx, UUID(timer.key))


@timers.on(TIMER)
def on_timelines_change(tx: Transaction, timer: Timer) -> None:
    follow_day(tx, date.fromisoformat(timer.key))
