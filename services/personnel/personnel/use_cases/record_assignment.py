"""Record a move: another unit, position or job class since a day, past, present or to come."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from personnel.domain.timeline import TakesEffect, takes_effect
from personnel.domain.values import PositionKind
from personnel.persistence.models import OrgUnit, PositionRecord
from personnel.use_cases.plan_change import Change, plan_change
from personnel.use_cases.settle import position_records, settle
from personnel.use_cases.steps import agency_of, check_version, employee_of, lock_lines, today


@dataclass(frozen=True)
class RecordAssignment:
    """`replaces_later`: what was recorded for days since then is set aside; else a gap in the past is filled."""

    employee_id: UUID
    expected_version: int | None
    unit_id: UUID
    position_code: str
    position_title: str
    position_kind: str
    position_level: str | None
    job_class: int
    effective_from: date
    reason: str
    replaces_later: bool = True


def record_assignment(work: UnitOfWork, actor: Principal, command: RecordAssignment) -> Change:
    """Record the move and, if it is in force, tell it; raises NotFound, OwnAffair, VersionConflict, InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        agency = agency_of(tx)
        lock_lines(tx)
        employee = employee_of(tx, command.employee_id, lock=True)
        need_other(actor, employee.id)
        check_version(command.expected_version, employee.revision)
        unit = tx.session.get(OrgUnit, command.unit_id)
        _check(command, unit)
        day = today(tx)
        tx.session.add(
            PositionRecord(
                agency_id=tx.agency_id,
                employee_id=employee.id,
                unit_id=command.unit_id,
                position_code=command.position_code,
                position_title=command.position_title,
                position_kind=command.position_kind,
                position_level=command.position_level,
                job_class=command.job_class,
                effective_from=command.effective_from,
                recorded_on=day,
                replaces_later=command.replaces_later,
                recorded_at=tx.now,
                recorded_by=actor.account_id,
                source="MOVE",
                reason=command.reason,
            )
        )
        told = settle(tx, employee, day)
        effect = takes_effect(position_records(tx, employee.id), day)
        if effect is TakesEffect.LATER:
            plan_change(tx, agency, employee.id, command.effective_from)
        audit.record(tx, actor, "assignment_recorded", "employee", employee.id, unit_id=command.unit_id, effect=effect)
        tx.session.refresh(employee)
        return Change(employee.id, effect, told, employee.revision)


def _check(command: RecordAssignment, unit: OrgUnit | None) -> None:
    errors = []
    if unit is None or not unit.active:
        errors.append(FieldError("unit_id", "unit_unknown", command.unit_id, "Pilih unit aktif di instansi ini."))
    functional = command.position_kind == PositionKind.JF
    if functional and not command.position_level:
        errors.append(FieldError("position_level", "level_missing", None, "Jabatan fungsional harus berjenjang."))
    if not functional and command.position_level:
        expected = "Kosongkan jenjang selain untuk jabatan fungsional (JF)."
        errors.append(FieldError("position_level", "level_not_applicable", command.position_level, expected))
    if errors:
        raise InvalidInput(errors=errors)
