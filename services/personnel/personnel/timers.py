"""What happens when a day comes."""

from uuid import UUID

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from personnel.use_cases.employees.plan_change import TIMER, apply_planned_change

timers = Timers()


@timers.on(TIMER)
def planned_change(tx: Transaction, timer: Timer) -> None:
    apply_planned_change(tx, UUID(timer.data["employee_id"]))
