"""Deadlines of training."""

from uuid import UUID

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from training.use_cases.holds.serve import HOLD_TIMER, expire_hold

timers = Timers()


@timers.on(HOLD_TIMER)
def on_hold_pick_up(tx: Transaction, timer: Timer) -> None:
    expire_hold(tx, UUID(timer.key))
