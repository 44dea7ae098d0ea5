"""Bring a person's state of today in line with what was recorded, and publish it to everybody concerned."""

from datetime import date
from uuid import UUID

from chassis import audit, outbox
from chassis.unit_of_work import Transaction
from personnel.domain.cycles import would_close_cycle
from personnel.domain.employee import Employee
from personnel.domain.records import PersonRecords
from personnel.domain.series import in_force
from personnel.events import EmployeeChanged
from personnel.persistence.employees import mark_subordinates, superior_of, update_employee
from personnel.use_cases.employees.publish_assignments import publish_assignments


def stands_under(tx: Transaction, person: UUID, other: UUID) -> bool:
    """Return whether `other` is found going up from `person`, who may be the same."""
    return bool(would_close_cycle(other, person, lambda one: superior_of(tx, one)))


def apply_effective_state(tx: Transaction, employee: Employee, records: PersonRecords, today: date) -> int:
    """Apply what is in force today to one person; return how many people's assignments were published."""
    return len(publish_assignments(tx, only=apply_without_publishing(tx, employee, records, today)))


def apply_without_publishing(tx: Transaction, employee: Employee, records: PersonRecords, today: date) -> list[UUID]:
    """Apply what is in force today, and leave the assignments marked; return whose may be marked."""
    after = _with_superior(tx, employee.standing_on(records, today), records, today)
    if after == employee:
        return []
    update_employee(tx, employee, after)
    if after.employee_version != employee.employee_version:
        outbox.record(tx, EmployeeChanged.of(after))
    if after.superior_id == employee.superior_id:
        return [employee.id]
    return [employee.id, *mark_subordinates(tx, [employee.id])]


def _with_superior(tx: Transaction, employee: Employee, records: PersonRecords, today: date) -> Employee:
    record = in_force(records.superiors, today)
    superior_id = record.superior_id if record else None
    since = record.effective_from if record else None
    if (superior_id, since) == (employee.superior_id, employee.superior_since):
        return employee
    changed = superior_id != employee.superior_id
    if changed and superior_id and stands_under(tx, superior_id, employee.id):
        # a plan that was sound when it was made; HR finds it in the history and in the audit
        detail = {"superior_id": superior_id}
        audit.record(tx, "timer", "superior_cycle_not_applied", "employee", employee.id, **detail)
        return employee
    return employee.with_superior(record)
