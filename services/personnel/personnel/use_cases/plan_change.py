"""A change for a day to come: a timer settles it at the first moment of that day, in the agency's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis import timers
from chassis.unit_of_work import Transaction
from personnel.domain.timeline import TakesEffect
from personnel.persistence.models import Agency, Employee
from personnel.use_cases.settle import settle
from personnel.use_cases.steps import lock_lines, today

TIMER = "planned_change"


@dataclass(frozen=True)
class Change:
    """What a recorded change does: when it takes effect, and how many people's assignment was told anew."""

    employee_id: UUID
    takes_effect: TakesEffect
    people_told: int
    version: int


def plan_change(tx: Transaction, agency: Agency, employee_id: UUID, on: date) -> None:
    """Have a person settled when the day comes; one timer per person and day."""
    due = datetime.combine(on, time.min, tzinfo=ZoneInfo(agency.time_zone)).astimezone(UTC)
    timers.schedule(tx, TIMER, f"{employee_id}:{on.isoformat()}", due, {"employee_id": str(employee_id)})


def settle_planned(tx: Transaction, employee_id: UUID) -> int:
    """The day has come; gives how many people were told."""
    lock_lines(tx)
    employee = tx.session.get(Employee, employee_id, with_for_update=True)
    if employee is None:
        return 0
    return settle(tx, employee, today(tx))
