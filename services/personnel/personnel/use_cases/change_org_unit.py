"""Create or correct a unit by hand."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.errors import NothingChanged, UnitCodeTaken, UnitHasMembers
from personnel.domain.views import UnitView
from personnel.persistence.models import Employee, OrgUnit
from personnel.use_cases.list_org_units import show_org_unit
from personnel.use_cases.steps import agency_of, check_version, lock_lines, today, unit_of
from personnel.use_cases.unit_steps import check_parent, say_units


@dataclass(frozen=True)
class CreateOrgUnit:
    code: str
    name: str
    parent_id: UUID | None = None
    leader_id: UUID | None = None


@dataclass(frozen=True)
class ChangeOrgUnit:
    """`changes` holds the fields to change: code, name, parent_id, leader_id, active."""

    unit_id: UUID
    expected_version: int | None
    changes: dict[str, Any] = field(default_factory=dict)


def create_org_unit(work: UnitOfWork, actor: Principal, command: CreateOrgUnit) -> UnitView:
    """Add a unit to the tree; raises UnitCodeTaken, InvalidInput for an unknown parent or leader."""
    with work.transaction(actor.agency_id) as tx:
        agency_of(tx)
        lock_lines(tx)
        _check_code(tx, command.code)
        _check_known(tx, {"parent_id": command.parent_id, "leader_id": command.leader_id})
        unit = OrgUnit(
            id=new_id(),
            agency_id=tx.agency_id,
            code=command.code,
            name=command.name,
            parent_id=command.parent_id,
            leader_id=command.leader_id,
            active=True,
            version=0,
            created_at=tx.now,
            updated_at=tx.now,
        )
        tx.session.add(unit)
        say_units(tx, [unit], effective_from=today(tx), by=actor.account_id, source="HAND")
        audit.record(tx, actor, "org_unit_created", "org_unit", unit.id)
        return show_org_unit(work, actor, unit.id)


def change_org_unit(work: UnitOfWork, actor: Principal, command: ChangeOrgUnit) -> UnitView:
    """Change a unit; raises NothingChanged, UnitCodeTaken, UnitCircle, UnitHasMembers, VersionConflict."""
    with work.transaction(actor.agency_id) as tx:
        lock_lines(tx)
        unit = unit_of(tx, command.unit_id, lock=True)
        check_version(command.expected_version, unit.version)
        changes = {name: value for name, value in command.changes.items() if getattr(unit, name) != value}
        if not changes:
            raise NothingChanged
        if "code" in changes:
            _check_code(tx, changes["code"])
        _check_known(tx, changes)
        if changes.get("parent_id"):
            check_parent(tx, unit, changes["parent_id"])
        if changes.get("active") is False:
            _check_empty(tx, unit)
        for name, value in changes.items():
            setattr(unit, name, value)
        if "leader_id" in changes:
            unit.leader_nip = None
        say_units(tx, [unit], effective_from=today(tx), by=actor.account_id, source="HAND")
        audit.record(tx, actor, "org_unit_changed", "org_unit", unit.id, fields=sorted(changes))
        return show_org_unit(work, actor, unit.id)


def _check_code(tx: Transaction, code: str) -> None:
    if tx.session.execute(select(OrgUnit.id).where(OrgUnit.code == code)).first():
        raise UnitCodeTaken(unit_code=code)


def _check_known(tx: Transaction, values: dict[str, Any]) -> None:
    parent_id, leader_id = values.get("parent_id"), values.get("leader_id")
    errors = []
    if parent_id and tx.session.get(OrgUnit, parent_id) is None:
        errors.append(FieldError("parent_id", "unit_unknown", parent_id, "Pilih unit yang ada di instansi ini."))
    if leader_id and tx.session.get(Employee, leader_id) is None:
        errors.append(FieldError("leader_id", "employee_unknown", leader_id, "Pilih pegawai instansi ini."))
    if errors:
        raise InvalidInput(errors=errors)


def _check_empty(tx: Transaction, unit: OrgUnit) -> None:
    people = select(func.count()).where(Employee.unit_id == unit.id, Employee.status != "RETIRED")
    units = select(func.count()).where(OrgUnit.parent_id == unit.id, OrgUnit.active)
    counts = tx.session.execute(people).scalar_one(), tx.session.execute(units).scalar_one()
    if any(counts):
        raise UnitHasMembers(people=counts[0], units=counts[1])
