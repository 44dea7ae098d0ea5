"""Saving a unit's new state: the row, the record of it, and the fact."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis import outbox
from chassis.unit_of_work import Transaction
from personnel.domain.circles import would_close_a_circle
from personnel.domain.errors import UnitCircle
from personnel.events import OrgUnitChanged
from personnel.persistence.bulk import insert_many
from personnel.persistence.models import EmployeeIdentifier, OrgUnit, OrgUnitRecord

_RECORDED = ("code", "name", "parent_id", "leader_id", "active")


def say_units(tx: Transaction, units: Iterable[OrgUnit], *, effective_from: date, by: UUID | None, source: str) -> None:
    """Number the new state of each unit, keep it in the history, and tell it."""
    rows = []
    for unit in sorted(units, key=lambda one: one.id):
        unit.version += 1
        unit.updated_at = tx.now
        rows.append(
            {
                "unit_id": unit.id,
                "version": unit.version,
                "agency_id": tx.agency_id,
                **{name: getattr(unit, name) for name in _RECORDED},
                "effective_from": effective_from,
                "recorded_at": tx.now,
                "recorded_by": by,
                "source": source,
            }
        )
    tx.session.flush()
    insert_many(tx.session, OrgUnitRecord, rows)
    for row in rows:
        fact = {name: row[name] for name in ("unit_id", "version", *_RECORDED)}
        outbox.record(tx, OrgUnitChanged(**fact))


def check_parent(tx: Transaction, unit: OrgUnit, parent_id: UUID) -> None:
    """Refuse a parent that stands below the unit itself."""
    parents = dict(tx.session.execute(select(OrgUnit.id, OrgUnit.parent_id)).all())
    if would_close_a_circle(unit.id, parent_id, parents.get):
        raise UnitCircle


def install_leaders(tx: Transaction, today: date, *, by: UUID | None) -> int:
    """Give units the leaders whose numbers a file of units named before the people were known; gives how many wait."""
    query = (
        select(OrgUnit, EmployeeIdentifier.employee_id)
        .outerjoin(EmployeeIdentifier, EmployeeIdentifier.value == OrgUnit.leader_nip)
        .where(OrgUnit.leader_nip.is_not(None))
    )
    changed, waiting = [], 0
    found: list[tuple[OrgUnit, UUID | None]] = [(unit, leader) for unit, leader in tx.session.execute(query)]
    for unit, leader_id in found:
        if leader_id is None:
            waiting += 1
        elif leader_id != unit.leader_id:
            unit.leader_id = leader_id
            changed.append(unit)
    say_units(tx, changed, effective_from=today, by=by, source="IMPORT")
    return waiting
