"""Correct somebody's superior: one call, and everybody concerned is notified.

The person's appraiser changes, and with it the reviewer of the person and of all whose superior the person is.
"""

from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError
from chassis.records import require_version
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.employee import ChangeView, CorrectSuperior, Employee
from personnel.domain.errors import NothingChanged, SuperiorCycle, SuperiorUnknown
from personnel.domain.nip import clean_nip
from personnel.domain.records import Source, SuperiorRecord
from personnel.domain.timeline import TakesEffect, takes_effect
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import exists, load_employee, lock_reporting_lines
from personnel.persistence.officials import official_exists
from personnel.persistence.records import add_superior, employee_behind, superior_records
from personnel.use_cases.employees.apply_effective_state import apply_effective_state, stands_under
from personnel.use_cases.employees.plan_change import plan_change


def correct_superior(work: UnitOfWork, actor: Principal, command: CorrectSuperior) -> ChangeView:
    """Record who the superior is since a day; a day to come is applied when it comes.

    Raise NotFound, OwnAffair, VersionConflict, SuperiorUnknown, SuperiorCycle, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        agency = own_agency(tx)
        lock_reporting_lines(tx)
        employee = load_employee(tx, command.employee_id, lock=True)
        need_other(actor, employee.id)
        require_version(command.expected_version, employee.revision)
        superior_id, day = _superior_of(tx, command), agency.today(tx.now)
        _require_no_cycle(tx, employee, superior_id)
        if superior_id == employee.superior_id and _is_known(employee, command, day):
            raise NothingChanged
        record = SuperiorRecord(
            employee_id=employee.id,
            superior_id=superior_id,
            effective_from=command.effective_from,
            recorded_on=day,
            replaces_later=True,
            recorded_at=tx.now,
            recorded_by=actor.account_id,
            source=Source.CORRECTION,
            reason=command.reason,
        )
        add_superior(tx, record)
        published = apply_effective_state(tx, employee, day)
        effect = takes_effect(superior_records(tx, employee.id), day)
        if effect is TakesEffect.LATER:
            plan_change(tx, agency, employee.id, command.effective_from)
        audit.record(tx, actor, "superior_corrected", "employee", employee.id, superior_id=superior_id, effect=effect)
        return ChangeView(employee.id, effect, published, load_employee(tx, employee.id).revision)


def _is_known(employee: Employee, command: CorrectSuperior, today: date) -> bool:
    known_since = employee.superior_since or date.min
    return known_since <= command.effective_from <= today


def _require_no_cycle(tx: Transaction, employee: Employee, superior_id: UUID | None) -> None:
    if superior_id is not None and stands_under(tx, superior_id, employee.id):
        fault = FieldError("superior_id", "superior_cycle", superior_id, "Pilih pegawai di luar garis bawahannya.")
        raise SuperiorCycle(errors=[fault])


def _superior_of(tx: Transaction, command: CorrectSuperior) -> UUID | None:
    if command.superior_nip:
        found = employee_behind(tx, clean_nip(command.superior_nip))
        field, value = "superior_nip", command.superior_nip
    elif command.superior_id:
        is_known = exists(tx, command.superior_id) or official_exists(tx, command.superior_id)
        found = command.superior_id if is_known else None
        field, value = "superior_id", str(command.superior_id)
    else:
        return None
    if found is None:
        fault = FieldError(
            field, "superior_unknown", value, "Pilih pegawai atau pejabat luar yang terdaftar di instansi ini."
        )
        raise SuperiorUnknown(errors=[fault])
    return found
