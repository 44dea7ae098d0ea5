"""Bring a person's state of today in line with what was recorded."""

from datetime import date
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import Transaction
from personnel.domain.cycles import would_close_cycle
from personnel.domain.employee import Employee
from personnel.domain.records import PersonRecords
from personnel.domain.series import in_force
from personnel.persistence.employees import superior_of, update_employee


def stands_under(tx: Transaction, person: UUID, other: UUID) -> bool:
    """Return whether `other` is found going up from `person`, who may be the same."""
    return bool(would_close_cycle(other, person, lambda one: superior_of(tx, one)))


def apply_effective_state(tx: Transaction, employee: Employee, records: PersonRecords, today: date) -> None:
    """Apply what is in force today to one person."""
    after = _with_superior(tx, employee.standing_on(records, today), records, today)
    if after != employee:
        update_employee(tx, employee, after)


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
