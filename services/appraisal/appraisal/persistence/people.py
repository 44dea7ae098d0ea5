"""What the directory answers of people and units, as this service uses it."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from appraisal.domain.errors import EmployeeWithoutAssignment
from appraisal.domain.people import Employee, Unit
from chassis.errors import required
from chassis.records import among
from chassis.unit_of_work import Transaction
from directory import models
from directory.questions import (
    leads_on_each,
    people_on,
    reviewer_on,
    reviewers_on,
    subordinates_on_each,
    units_below_each,
    units_on,
)
from directory.timelines import LEFT_SERVICE


def find_employee(tx: Transaction, employee_id: UUID, day: date) -> Employee | None:
    """Return what somebody is on a day; None when nothing is known of that day.

    Raise NotKnownYet for a superior who has not arrived.
    """
    found = people_on(tx, [employee_id], day).known.get(employee_id)
    return None if found is None else Employee.of(employee_id, found, reviewer_on(tx, employee_id, day))


def load_employee(tx: Transaction, employee_id: UUID, day: date) -> Employee:
    """Return what somebody is on a day. Raise EmployeeWithoutAssignment, or NotKnownYet for a superior."""
    found = find_employee(tx, employee_id, day)
    if found is None:
        raise EmployeeWithoutAssignment(employee_id=employee_id)
    return found


def employees_on(tx: Transaction, people: Collection[UUID], day: date) -> dict[UUID, Employee]:
    """Return those of these people who are in service on a day and whose superiors are known."""
    found, reviewers = people_on(tx, people, day).known, reviewers_on(tx, people, day).known
    return {
        one: Employee.of(one, stretch, reviewers[one])
        for one, stretch in found.items()
        if stretch is not None and stretch.in_service and one in reviewers
    }


def appraiser_on(tx: Transaction, employee_id: UUID, day: date) -> UUID | None:
    """Return who holds the office of somebody's superior on a day; None where it is not known."""
    found = people_on(tx, [employee_id], day).known.get(employee_id)
    return found.superior_id if found is not None and found.in_service else None


def subordinates_by_superior(tx: Transaction, superiors: Collection[UUID], day: date) -> dict[UUID, set[UUID]]:
    """Return the people in service of whom each of these holds the superior's office on a day."""
    found = subordinates_on_each(tx, superiors, day).known
    return {holder: {one.employee_id for one in below if one.holder_id == holder} for holder, below in found.items()}


def is_in_service(tx: Transaction, employee_id: UUID, day: date) -> bool:
    """Return whether somebody is known to be in the agency's service on a day."""
    found = people_on(tx, [employee_id], day).known.get(employee_id)
    return found is not None and found.in_service


def load_unit(tx: Transaction, unit_id: UUID, day: date) -> Unit:
    """Return a unit as it is on a day. Raise NotFound."""
    found = required(units_on(tx, [unit_id], day).known.get(unit_id), "unit", unit_id)
    return Unit(unit_id, found.parent_id, found.leader_id)


def led_units(tx: Transaction, leader_id: UUID | None, day: date) -> set[UUID]:
    """Return the units that somebody leads on a day, also in another's place."""
    if leader_id is None:
        return set()
    return {led.unit_id for led in leads_on_each(tx, [leader_id], day).known.get(leader_id, ())}


def units_below(tx: Transaction, units: Iterable[UUID], day: date) -> set[UUID]:
    """Return those of these units that are known, and all below them on a day."""
    return set().union(*units_below_each(tx, units, day).known.values())


def headcounts(tx: Transaction, units: Collection[UUID] | None, day: date) -> dict[UUID, int]:
    """Return how many people are in service on a day in each of these units, or in each unit of the agency."""
    stretch = models.Stretch
    query = select(stretch.unit_id, func.count().label("people")).where(
        stretch.first_day <= day,
        func.coalesce(stretch.last_day, day) >= day,
        stretch.status.not_in(LEFT_SERVICE),
    )
    if units is not None:
        query = query.where(among(stretch.unit_id, units))
    rows = tx.session.execute(query.group_by(stretch.unit_id))
    return {row.unit_id: row.people for row in rows}
