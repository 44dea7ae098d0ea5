"""What happens when a day comes."""

from chassis.timers import Timer, Timers
from chassis.unit_of_work import Transaction
from personnel.use_cases.employees.plan_change import TIMER, apply_planned_change, person_of
from personnel.use_cases.org_units.apply_day import apply_units_day
from personnel.use_cases.org_units.publish import TIMER as UNITS_DAY

timers = Timers()


@timers.on(TIMER)
def planned_change(tx: Transaction, timer: Timer) -> None:
    apply_planned_change(tx, person_of(timer.key))


@timers.on(UNITS_DAY)
def units_day(tx: Transaction, _timer: Timer) -> None:
    apply_units_day(tx)
