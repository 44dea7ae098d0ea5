"""Bring a person's state of today in line with what was recorded, and publish it to everybody concerned."""

from datetime import date
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import Transaction
from personnel.domain.cycles import would_close_cycle
from personnel.domain.employee import Employee
from personnel.domain.timeline import in_force
from personnel.persistence.employees import mark_subordinates, superior_of, update_employee
from personnel.persistence.records import position_records, superior_records
from personnel.use_cases.employees.publish_assignments import publish_assignments


def stands_under(tx: Transaction, person: UUID, other: UUID) -> bool:
    """Return whether `other` is found going up from `person`, who may be the same."""
    return bool(would_close_cycle(other, person, lambda one: superior_of(tx, one)))


def apply_effective_state(tx: Transaction, employee: Employee, today: date) -> int:
    """Apply what is in force today to one person; return how many people's assignments were published."""
    position = in_force(position_records(tx, employee.id), today)
    after = employee if position is None else employee.with_position(position)
    after = _with_superior(tx, after, today)
    if after != employee:
        update_employee(tx, employee, after)
    touched = [employee.id]
    if after.superior_id != employee.superior_id:
        touched += mark_subordinates(tx, [employee.id])
    return len(publish_assignments(tx, only=touched))


def _with_superior(tx: Transaction, employee: Employee, today: date) -> Employee:
    record = in_force(superior_records(tx, employee.id), today)
    if record is None or (record.superior_id, record.effective_from) == (employee.superior_id, employee.superior_since):
        return employee
    changed = record.superior_id != employee.superior_id
    if changed and record.superior_id and stands_under(tx, record.superior_id, employee.id):
        # a plan that was sound when it was made; HR finds it in the history and in the audit
        detail = {"superior_id": record.superior_id}
        audit.record(tx, "timer", "superior_cycle_not_applied", "employee", employee.id, **detail)
        return employee
    return employee.with_superior(record)
