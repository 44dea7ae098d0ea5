"""Save the new state of units and publish it: the row, the record of it, and the event."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from chassis import outbox
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from personnel.domain.org_unit import OrgUnit
from personnel.domain.records import Source
from personnel.events import OrgUnitChanged
from personnel.persistence import employees, org_units


def publish_units(
    tx: Transaction, units: Iterable[OrgUnit], *, effective_from: date, by: UUID | None, source: Source
) -> None:
    """Number the new state of each unit, save it with its history, and publish it."""
    numbered = [replace(unit, version=unit.version + 1) for unit in sorted(units, key=lambda unit: unit.id)]
    org_units.save_units(tx, numbered, effective_from=effective_from, by=by, source=source)
    for unit in numbered:
        outbox.record(tx, OrgUnitChanged.of(unit))


def install_named_leaders(tx: Transaction, today: date, *, by: UUID | None) -> int:
    """Set the leaders whose numbers a file of units named before the people were known; return how many still wait."""
    found = org_units.named_leaders(tx)
    changed = [replace(unit, leader_id=leader) for unit, leader in found if leader and leader != unit.leader_id]
    publish_units(tx, changed, effective_from=today, by=by, source=Source.IMPORT)
    return sum(leader is None for _, leader in found)


def require_known(tx: Transaction, *, parent_id: UUID | None, leader_id: UUID | None) -> None:
    """Raise InvalidInput for a parent or a leader who is unknown in this agency."""
    errors = []
    if parent_id and org_units.find_unit(tx, parent_id) is None:
        errors.append(FieldError("parent_id", "unit_unknown", parent_id, "Pilih unit yang ada di instansi ini."))
    if leader_id and not employees.exists(tx, leader_id):
        errors.append(FieldError("leader_id", "employee_unknown", leader_id, "Pilih pegawai instansi ini."))
    if errors:
        raise InvalidInput(errors=errors)
