"""Keep a person's employment as personnel tells it, version by version."""

from datetime import date
from uuid import UUID

from chassis.bus.envelope import Event
from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from incentive.domain.values import EmployeeStatus, EmploymentType
from incentive.persistence.eligibility import look_again
from incentive.persistence.marks import mark_since
from incentive.persistence.people import zone_of
from incentive.persistence.projection import add_employee_version


def follow_employee(tx: Transaction, event: Event) -> None:
    """A snapshot holds from the day it says, or else from the day it was said."""
    data = event.data
    said = data.get("effective_from")
    since = date.fromisoformat(said) if said else today_in(event.time, zone_of(tx))
    employee_id = UUID(data["employee_id"])
    fresh = add_employee_version(
        tx,
        employee_id=employee_id,
        version=int(data["version"]),
        effective_from=since,
        employment_type=EmploymentType(data["employment_type"]).value,
        status=EmployeeStatus(data["status"]).value,
        grade=data["grade"],
        grade_since=_day(data.get("grade_since")),
        service_start=_day(data.get("service_start")),
    )
    if fresh:
        mark_since(tx, employee_id, since, "employee")
        look_again(tx, employee_id)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
