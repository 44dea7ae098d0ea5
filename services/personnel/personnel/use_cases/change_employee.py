"""Correct a person's name, address, employment type, status or grade by hand."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.errors import NothingChanged
from personnel.domain.values import GRADES, EmploymentType, parse_grade
from personnel.domain.views import EmployeeView
from personnel.persistence.models import Employee, EmploymentRecord
from personnel.use_cases.show_employee import show_employee
from personnel.use_cases.steps import check_version, contact_fact, employee_of, employment_fact, today

CONTACT = ("name", "email")
EMPLOYMENT = ("employment_type", "status", "grade", "grade_since", "service_start")


@dataclass(frozen=True)
class ChangeEmployee:
    """`changes` holds the fields to change, of CONTACT and EMPLOYMENT."""

    employee_id: UUID
    expected_version: int | None
    reason: str
    effective_from: date | None = None
    changes: dict[str, Any] = field(default_factory=dict)


def change_employee(work: UnitOfWork, actor: Principal, command: ChangeEmployee) -> EmployeeView:
    """Change what is given, keep the former state in the history, and tell it.

    Raises NotFound, OwnAffair, VersionConflict, InvalidInput (grade and type disagree, a day to come), NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        employee = employee_of(tx, command.employee_id, lock=True)
        need_other(actor, employee.id)
        check_version(command.expected_version, employee.revision)
        changes = {name: value for name, value in command.changes.items() if getattr(employee, name) != value}
        if not changes:
            raise NothingChanged
        day = command.effective_from or today(tx)
        _check(tx, employee, changes, day)
        for name, value in changes.items():
            setattr(employee, name, value)
        employee.revision += 1
        employee.updated_at = tx.now
        if not set(changes).isdisjoint(CONTACT):
            employee.contact_version += 1
            outbox.record(tx, contact_fact(employee))
        if not set(changes).isdisjoint(EMPLOYMENT):
            employee.employee_version += 1
            tx.session.add(_record(tx, employee, day, actor, command.reason))
            outbox.record(tx, employment_fact(employee))
        audit.record(tx, actor, "employee_changed", "employee", employee.id, fields=sorted(changes))
        tx.session.flush()
        return show_employee(work, actor, employee.id)


def _record(tx: Transaction, employee: Employee, day: date, actor: Principal, reason: str) -> EmploymentRecord:
    return EmploymentRecord(
        agency_id=tx.agency_id,
        employee_id=employee.id,
        **{name: getattr(employee, name) for name in EMPLOYMENT},
        effective_from=day,
        recorded_at=tx.now,
        recorded_by=actor.account_id,
        source="HAND",
        reason=reason,
    )


def _check(tx: Transaction, employee: Employee, changes: dict[str, Any], day: date) -> None:
    errors = []
    kind = EmploymentType(changes.get("employment_type", employee.employment_type))
    grade = changes.get("grade", employee.grade)
    if grade not in GRADES or parse_grade(grade, kind) != grade:
        expected = "Isi I sampai XVII untuk PPPK." if kind.is_contract else "Isi I/a sampai IV/e, misalnya III/b."
        errors.append(FieldError("grade", "grade_unknown", grade, expected))
    today_here = today(tx)
    for name, value in (
        ("effective_from", day),
        *((name, changes.get(name)) for name in ("grade_since", "service_start")),
    ):
        if value is not None and value > today_here:
            errors.append(FieldError(name, "date_in_future", value, f"Isi tanggal paling lambat {today_here}."))
    if errors:
        raise InvalidInput(errors=errors)
