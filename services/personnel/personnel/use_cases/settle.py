"""Bring a person's state of today in line with what was recorded, and mark what the others must hear."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.unit_of_work import Transaction
from personnel.domain.circles import would_close_a_circle
from personnel.domain.timeline import in_force
from personnel.persistence.models import Employee, PositionRecord, SuperiorRecord
from personnel.use_cases.announce import announce, mark_subordinates

_TOLD = ("unit_id", "position_code", "position_kind", "position_level", "job_class")
_KEPT = (*_TOLD, "position_title")


def position_records(tx: Transaction, employee_id: UUID) -> list[PositionRecord]:
    """A person's positions in the order of recording."""
    query = select(PositionRecord).where(PositionRecord.employee_id == employee_id).order_by(PositionRecord.id)
    return list(tx.session.execute(query).scalars())


def superior_records(tx: Transaction, employee_id: UUID) -> list[SuperiorRecord]:
    """A person's superiors in the order of recording."""
    query = select(SuperiorRecord).where(SuperiorRecord.employee_id == employee_id).order_by(SuperiorRecord.id)
    return list(tx.session.execute(query).scalars())


def stands_under(tx: Transaction, person: UUID, other: UUID) -> bool:
    """Tell whether `other` is found going up from `person`, who may be the same."""

    def superior_of(one: UUID) -> UUID | None:
        return tx.session.execute(select(Employee.superior_id).where(Employee.id == one)).scalar_one_or_none()

    return bool(would_close_a_circle(other, person, superior_of))


def settle(tx: Transaction, employee: Employee, today: date) -> int:
    """Apply what is in force today to one person and tell everybody concerned; gives the number of people told."""
    tx.session.flush()
    _settle_position(tx, employee, today)
    touched = [employee.id]
    if _settle_superior(tx, employee, today):
        touched += mark_subordinates(tx, [employee.id])
    return len(announce(tx, only=touched))


def _settle_position(tx: Transaction, employee: Employee, today: date) -> None:
    record = in_force(position_records(tx, employee.id), today)
    if record is None:
        return
    moved = any(getattr(record, name) != getattr(employee, name) for name in _TOLD)
    told = moved or record.effective_from != employee.position_since
    if not told and record.position_title == employee.position_title:
        return
    for name in _KEPT:
        setattr(employee, name, getattr(record, name))
    employee.position_since = record.effective_from
    employee.revision += 1
    employee.updated_at = tx.now
    if told and employee.announce_from is None:
        employee.announce_from = record.effective_from


def _settle_superior(tx: Transaction, employee: Employee, today: date) -> bool:
    record = in_force(superior_records(tx, employee.id), today)
    if record is None or (record.superior_id, record.effective_from) == (employee.superior_id, employee.superior_since):
        return False
    changed = record.superior_id != employee.superior_id
    if changed and record.superior_id and stands_under(tx, record.superior_id, employee.id):
        # a plan that was sound when it was made; HR finds it in the history and in the audit
        audit.record(
            tx, "timer", "superior_circle_not_applied", "employee", employee.id, superior_id=record.superior_id
        )
        return False
    employee.superior_id = record.superior_id
    employee.superior_since = record.effective_from
    employee.revision += 1
    employee.updated_at = tx.now
    if changed and employee.announce_from is None:
        employee.announce_from = record.effective_from
    return changed
