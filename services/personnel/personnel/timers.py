"""What happens when a day comes."""

from uuid import UUID

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from personnel.use_cases.plan_change import TIMER, settle_planned

timers = Timers()


@timers.on(TIMER)
def planned_change(tx: Transaction, timer: Timer) -> None:
    settle_planned(tx, UUID(timer.data["employee_id"]))
