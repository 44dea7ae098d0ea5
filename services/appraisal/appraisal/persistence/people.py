"""The projection of people, units and the agency, written by personnel's events."""

from uuid import UUID

from sqlalchemy import exists, false, or_, select, text

from appraisal.domain.people import Employee
from appraisal.domain.values import EvaluationKind, EvaluationState
from appraisal.persistence import models
from chassis.errors import required
from chassis.records import columns_of, fetch_one, save_record
from chassis.unit_of_work import Transaction
from directory.people import Assignment, OrgUnit

_EMPLOYEE = columns_of(models.Employee, Employee)
_UNIT = columns_of(models.OrgUnit, OrgUnit)
# Recursive: the tree of units has no fixed depth.
_UNITS_BELOW = text(
    "WITH RECURSIVE below AS (SELECT unit_id FROM org_unit WHERE unit_id = CAST(:unit AS uuid) "
    "OR leader_id = CAST(:leader AS uuid) "
    "UNION SELECT o.unit_id FROM org_unit o JOIN below b ON o.parent_id = b.unit_id) "
    "SELECT unit_id FROM below"
)


def find_employee(tx: Transaction, employee_id: UUID, year: int | None = None) -> Employee | None:
    """Return an employee, and whether their annual evaluation of `year` is final; None when nothing is known."""
    evaluation = models.Evaluation
    closed = exists().where(
        evaluation.employee_id == employee_id,
        evaluation.year == year,
        evaluation.kind == EvaluationKind.ANNUAL,
        evaluation.state == EvaluationState.FINAL,
    )
    columns = [*_EMPLOYEE] if year is None else [*_EMPLOYEE, closed.label("year_closed")]
    return fetch_one(tx, select(*columns).where(models.Employee.employee_id == employee_id), Employee)


def load_unit(tx: Transaction, unit_id: UUID) -> OrgUnit:
    """Return a unit. Raise NotFound."""
    return required(fetch_one(tx, select(*_UNIT).where(models.OrgUnit.unit_id == unit_id), OrgUnit), "unit", unit_id)


def units_below(tx: Transaction, unit_id: UUID | None, leader_id: UUID | None) -> set[UUID]:
    """Return a unit, the units a person leads, and all below them."""
    return set(tx.session.execute(_UNITS_BELOW, {"unit": unit_id, "leader": leader_id}).scalars())


def is_led_by(tx: Transaction, unit_id: UUID, leader_id: UUID | None, own_unit: UUID | None) -> bool:
    """Return whether somebody leads this very unit, by the directory or by the unit in their account."""
    unit = models.OrgUnit
    # A comparison with None would read IS NULL and match the units without a leader.
    conditions = [column == value for column, value in ((unit.leader_id, leader_id), (unit.unit_id, own_unit)) if value]
    return bool(tx.session.scalar(select(exists().where(unit.unit_id == unit_id, or_(false(), *conditions)))))


def save_assignment(tx: Transaction, assignment: Assignment) -> None:
    save_record(tx, models.Employee, assignment)
