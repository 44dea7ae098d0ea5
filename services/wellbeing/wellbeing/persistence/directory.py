"""What wellbeing asks of the directory: the units and people of today, and who stands above whom."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from uuid import UUID

from chassis.errors import FieldError, InvalidInput, NotFound
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet
from directory.questions import (
    all_units_on,
    leads_on_each,
    members_on,
    people_on,
    reviewers_on,
    subordinates_on_each,
    superiors_on,
    time_zone,
    today,
    units_on,
)
from directory.timelines import ACTIVE, UnitStretch
from disclosure.units import UnitTree
from wellbeing.domain.reporting_line import Employee, ReportingLine


def require_agency(tx: Transaction) -> None:
    """Raise NotFound for an agency that is not known: nobody would ever read a report there."""
    try:
        time_zone(tx)
    except NotKnownYet:
        raise NotFound(object="instansi", id=tx.agency_id) from None


def find_employee(tx: Transaction, employee_id: UUID) -> Employee | None:
    """Return what an employee is today; nothing of somebody who is not known, or is not there yet."""
    found = people_on(tx, [employee_id], today(tx)).known.get(employee_id)
    return Employee(employee_id, found.unit_id, found.status) if found else None


def require_active_units(tx: Transaction, unit_ids: Sequence[UUID]) -> None:
    """Raise InvalidInput for a unit that is not known or not active today."""
    if not unit_ids:
        return
    found = units_on(tx, unit_ids, today(tx)).known
    active = {unit_id for unit_id, unit in found.items() if unit is not None and unit.active}
    unknown = [unit for unit in dict.fromkeys(unit_ids) if unit not in active]
    if unknown:
        expected = "pengenal unit kerja yang aktif di instansi Anda"
        raise InvalidInput(errors=[FieldError("unit_ids", "unknown_unit", str(unit), expected) for unit in unknown])


def known_employees(tx: Transaction, employee_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these are employees of the agency."""
    return set(people_on(tx, employee_ids, today(tx)).known) if employee_ids else set()


def unit_names(tx: Transaction) -> dict[UUID, tuple[str, str]]:
    """Return code and name of every unit."""
    return {unit_id: (unit.code, unit.name) for unit_id, unit in all_units_on(tx, today(tx)).items()}


def unit_tree(tx: Transaction) -> UnitTree:
    return unit_tree_on(tx, today(tx))


def unit_tree_on(tx: Transaction, day: date) -> UnitTree:
    return _tree_of(all_units_on(tx, day))


def _tree_of(units: dict[UUID, UnitStretch]) -> UnitTree:
    return UnitTree({unit_id: unit.parent_id for unit_id, unit in units.items()})


def led_by(tx: Transaction, employee_id: UUID) -> frozenset[UUID]:
    """Return the units that somebody leads today, in their own or in another's place."""
    led = leads_on_each(tx, [employee_id], today(tx)).known.get(employee_id, ())
    return frozenset(one.unit_id for one in led)


def is_leader(tx: Transaction, employee_id: UUID) -> bool:
    """Return whether somebody leads a unit today, closed ones and those led in another's place included."""
    return any(employee_id in leaders for leaders in _leaders_of(tx, all_units_on(tx, today(tx))).values())


def _leaders_of(tx: Transaction, units: dict[UUID, UnitStretch]) -> dict[UUID, frozenset[UUID]]:
    """Return who leads which unit today: its leader, and whoever stands in for them."""
    found = {unit_id: {unit.leader_id} for unit_id, unit in units.items() if unit.leader_id is not None}
    leaders = {leader for one in found.values() for leader in one}
    for led in leads_on_each(tx, leaders, today(tx)).known.values():
        for one in led:
            if one.substitute_id is not None:
                found[one.unit_id].add(one.substitute_id)
    return {unit_id: frozenset(leaders) for unit_id, leaders in found.items()}


def reporting_line(tx: Transaction) -> ReportingLine:
    """Return who stands above whom today, whatever people's status: who is away is still above."""
    day, units = today(tx), all_units_on(tx, today(tx))
    find = cache(lambda employee_id: _find_with_superiors(tx, employee_id, day))
    return ReportingLine(find, _tree_of(units), _leaders_of(tx, units))


def _find_with_superiors(tx: Transaction, employee_id: UUID, day: date) -> Employee | None:
    found = people_on(tx, [employee_id], day).known.get(employee_id)
    if found is None:
        return None
    above = {found.superior_id}
    for answers in (superiors_on(tx, [employee_id], day), reviewers_on(tx, [employee_id], day)):
        duty = answers.known.get(employee_id)
        if duty is not None:
            above |= {duty.superior_id, duty.holder_id}
    return Employee(employee_id, found.unit_id, found.status, frozenset(one for one in above if one is not None))


def appraiser_of(tx: Transaction, employee_id: UUID) -> UUID | None:
    """Return who appraises somebody today, the substitute where there is one."""
    superior = superiors_on(tx, [employee_id], today(tx)).known.get(employee_id)
    return superior.superior_id if superior else None


def subordinates(tx: Transaction, appraiser_id: UUID) -> set[UUID]:
    """Return the people whom somebody appraises today, without those for whom another stands in."""
    found = subordinates_on_each(tx, [appraiser_id], today(tx)).known.get(appraiser_id, ())
    return {one.employee_id for one in found if one.substitute_id in {None, appraiser_id}}


def active_members(tx: Transaction) -> dict[UUID, list[UUID]]:
    """Return the active employees whom each unit has itself today."""
    return members_on(tx, today(tx), [ACTIVE])
