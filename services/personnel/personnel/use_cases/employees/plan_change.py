"""A change for a day to come: a timer applies it at the first moment of that day, in the agency's time zone."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis import timers
from chassis.unit_of_work import Transaction
from personnel.domain.agency import Agency
from personnel.persistence.agencies import today
from personnel.persistence.employees import find_employee, lock_reporting_lines
from personnel.persistence.records import records_of
from personnel.use_cases.employees.apply_effective_state import apply_effective_state

TIMER = "planned_change"


def plan_change(tx: Transaction, agency: Agency, employee_id: UUID, on: date) -> None:
    """Schedule the person's change for a day; one timer per person and day."""
    timers.schedule(tx, TIMER, _key(employee_id, on), agency.start_of(on), {"employee_id": str(employee_id)})


def plan_changes(tx: Transaction, agency: Agency, days: Sequence[tuple[UUID, date]]) -> None:
    """Schedule the changes of many people, each for a day, in one statement."""
    timers.schedule_all(tx, TIMER, {_key(person, day): agency.start_of(day) for person, day in days})


def person_of(key: str) -> UUID:
    """Return whose change a timer applies."""
    return UUID(key.partition(":")[0])


def apply_planned_change(tx: Transaction, employee_id: UUID) -> None:
    """Apply what holds now that the day has come."""
    lock_reporting_lines(tx)
    employee = find_employee(tx, employee_id, lock=True)
    if employee is not None:
        apply_effective_state(tx, employee, records_of(tx, employee_id), today(tx))


def _key(employee_id: UUID, day: date) -> str:
    return f"{employee_id}:{day.isoformat()}"
