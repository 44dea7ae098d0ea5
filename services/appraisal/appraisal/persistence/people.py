"""What the directory answers of people and units, as this service uses it."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from appraisal.domain.people import Employee, Unit, has_left, without_assignment
from appraisal.domain.periods import Period
from appraisal.domain.segments import DaysInPeriod
from chassis.errors import FieldError, InvalidInput, required
from chassis.unit_of_work import Transaction
from directory import timelines
from directory.answers import Answers
from directory.questions import (
    all_units_on,
    leads_on_each,
    people_on,
    person_on,
    reachable_on,
    reviewer_on,
    reviewers_on,
    stretches_each,
    subordinates_on_each,
    superiors_on,
    units_below_each,
    units_on,
)


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
        raise without_assignment(employee_id)
    return found


def is_high_leader_on(tx: Transaction, employee_id: UUID, day: date) -> bool:
    """Return whether somebody holds a high office (JPT) on a day; who is above them need not have arrived.

    Raise EmployeeWithoutAssignment, or NotKnownYet.
    """
    stretch = person_on(tx, employee_id, day)
    if stretch is None:
        raise without_assignment(employee_id)
    return Employee.of(employee_id, stretch, reviewer=None).is_high_leader


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


def standing_in_for(tx: Transaction, official: UUID, day: date) -> set[UUID]:
    """Return the people whom somebody appraises on a day in the place of their superior."""
    return set(places_taken(tx, official, day))


def places_taken(tx: Transaction, official: UUID, day: date) -> dict[UUID, UUID]:
    """Return these people, each with the superior in whose place it is."""
    found = subordinates_on_each(tx, [official], day).known.get(official, ())
    return {one.employee_id: one.holder_id for one in found if one.holder_id != official}


def is_in_service(tx: Transaction, employee_id: UUID, day: date) -> bool:
    """Return whether somebody is known to be in the agency's service on a day."""
    found = people_on(tx, [employee_id], day).known.get(employee_id)
    return found is not None and found.in_service


def left_by(tx: Transaction, people: Collection[UUID], day: date) -> set[UUID]:
    """Return those of these people who are known to have left the service by a day."""
    found = people_on(tx, people, day).known
    return {one for one, stretch in found.items() if stretch is not None and not stretch.in_service}


def require_not_left(tx: Transaction, people: Collection[UUID], day: date) -> None:
    """Raise NotInService for one of these people who has left the service by a day; who is on leave has not."""
    if left := left_by(tx, people, day):
        raise has_left(min(left), day)


def require_reachable(
    tx: Transaction, field: str, people: Collection[UUID], day: date, besides: Collection[UUID] = ()
) -> None:
    """Raise InvalidInput for who is neither in active service on a day, nor an official from outside in office.

    `besides` are accepted wherever they are.
    """
    expected = "pegawai instansi ini yang aktif, atau pejabat dari luar yang tercatat dan masih menjabat"
    known = {*besides, *reachable_on(tx, people, day)}
    if faults := [FieldError(field, "unknown_employee", str(one), expected) for one in people if one not in known]:
        raise InvalidInput(errors=faults)


def is_active_employee(tx: Transaction, employee_id: UUID, day: date) -> bool:
    """Return whether somebody is known to be in active service on a day."""
    found = people_on(tx, [employee_id], day).known.get(employee_id)
    return found is not None and found.status == timelines.ACTIVE


def is_active_official(tx: Transaction, official: UUID, day: date) -> bool:
    """Return whether somebody is known to be in active service on a day, or an official from outside in office."""
    return official in reachable_on(tx, [official], day)


def has_reachable_appraiser(tx: Transaction, employee_id: UUID, day: date) -> bool:
    """Return whether somebody can appraise an employee on a day; True while it is not known."""
    answers = superiors_on(tx, [employee_id], day)
    if employee_id not in answers.known:
        return True
    superior = answers.known[employee_id]
    return superior is not None and (superior.reachable or superior.holder_reachable)


def superiors_of(tx: Transaction, people: Iterable[UUID], day: date) -> dict[UUID, UUID]:
    """Return who holds the superior's office over each of these people on a day, where somebody does."""
    found = people_on(tx, people, day).known
    return {
        one: stretch.superior_id
        for one, stretch in found.items()
        if stretch is not None and stretch.in_service and stretch.superior_id is not None
    }


def days_in_period(tx: Transaction, people: Iterable[UUID], period: Period) -> Answers[DaysInPeriod]:
    """Return the days of a period in which each of these people was in service."""
    found = stretches_each(tx, people, timelines.Period(period.first_day, period.last_day))
    return Answers({one: DaysInPeriod.of(cut, period) for one, cut in found.known.items()}, found.unknown)


def parents_on(tx: Transaction, units: Collection[UUID] | None, day: date) -> dict[UUID, UUID | None]:
    """Return the unit above each of these units on a day, or above each unit of the agency; none where it has none."""
    found = all_units_on(tx, day) if units is None else units_on(tx, units, day).known
    return {unit: None if stretch is None else stretch.parent_id for unit, stretch in found.items()}


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
