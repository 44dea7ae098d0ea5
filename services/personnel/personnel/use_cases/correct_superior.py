"""Correct somebody's superior: one call, and everybody concerned is told.

The person's appraiser changes, and with it the reviewer of the person and of all whose superior the person is.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.errors import NothingChanged, SuperiorCircle, SuperiorUnknown
from personnel.domain.nip import clean_nip
from personnel.domain.timeline import TakesEffect, takes_effect
from personnel.persistence.models import Employee, EmployeeIdentifier, SuperiorRecord
from personnel.use_cases.plan_change import Change, plan_change
from personnel.use_cases.settle import settle, stands_under, superior_records
from personnel.use_cases.steps import agency_of, check_version, employee_of, lock_lines, today


@dataclass(frozen=True)
class CorrectSuperior:
    """The new superior by id or number; neither: nobody."""

    employee_id: UUID
    expected_version: int | None
    effective_from: date
    reason: str
    superior_id: UUID | None = None
    superior_nip: str | None = None


def correct_superior(work: UnitOfWork, actor: Principal, command: CorrectSuperior) -> Change:
    """Record who the superior is since a day; a day to come is settled when it comes.

    Raises NotFound, OwnAffair, VersionConflict, SuperiorUnknown, SuperiorCircle, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        agency = agency_of(tx)
        lock_lines(tx)
        employee = employee_of(tx, command.employee_id, lock=True)
        need_other(actor, employee.id)
        check_version(command.expected_version, employee.revision)
        superior_id = _superior_of(tx, command)
        _check_circle(tx, employee, superior_id)
        day = today(tx)
        known_since = employee.superior_since or date.min
        if superior_id == employee.superior_id and known_since <= command.effective_from <= day:
            raise NothingChanged
        tx.session.add(
            SuperiorRecord(
                agency_id=tx.agency_id,
                employee_id=employee.id,
                superior_id=superior_id,
                effective_from=command.effective_from,
                recorded_on=day,
                replaces_later=True,
                recorded_at=tx.now,
                recorded_by=actor.account_id,
                source="CORRECTION",
                reason=command.reason,
            )
        )
        told = settle(tx, employee, day)
        effect = takes_effect(superior_records(tx, employee.id), day)
        if effect is TakesEffect.LATER:
            plan_change(tx, agency, employee.id, command.effective_from)
        audit.record(tx, actor, "superior_corrected", "employee", employee.id, superior_id=superior_id, effect=effect)
        tx.session.refresh(employee)
        return Change(employee.id, effect, told, employee.revision)


def _check_circle(tx: Transaction, employee: Employee, superior_id: UUID | None) -> None:
    if superior_id is not None and stands_under(tx, superior_id, employee.id):
        fault = FieldError("superior_id", "superior_circle", superior_id, "Pilih pegawai di luar garis bawahannya.")
        raise SuperiorCircle(errors=[fault])


def _superior_of(tx: Transaction, command: CorrectSuperior) -> UUID | None:
    if command.superior_nip:
        query = select(EmployeeIdentifier.employee_id).where(
            EmployeeIdentifier.value == clean_nip(command.superior_nip)
        )
        found = tx.session.execute(query).scalar_one_or_none()
        field, value = "superior_nip", command.superior_nip
    elif command.superior_id:
        found = tx.session.execute(select(Employee.id).where(Employee.id == command.superior_id)).scalar_one_or_none()
        field, value = "superior_id", str(command.superior_id)
    else:
        return None
    if found is None:
        fault = FieldError(field, "superior_unknown", value, "Pilih pegawai yang terdaftar di instansi ini.")
        raise SuperiorUnknown(errors=[fault])
    return found
