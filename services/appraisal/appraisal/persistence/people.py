"""The projection of people, units and the agency, written by personnel's events."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import exists, false, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.people import Assignment, Employee, Unit
from appraisal.domain.values import EvaluationKind, EvaluationState
from appraisal.persistence import models
from chassis.errors import NotFound
from chassis.records import columns_of, fetch_one, table_of
from chassis.unit_of_work import Transaction

_EMPLOYEE = columns_of(models.Employee, Employee)
_UNIT = columns_of(models.OrgUnit, Unit)
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


def load_unit(tx: Transaction, unit_id: UUID) -> Unit:
    """Return a unit. Raise NotFound."""
    found = fetch_one(tx, select(*_UNIT).where(models.OrgUnit.unit_id == unit_id), Unit)
    if found is None:
        raise NotFound(object="unit", id=unit_id)
    return found


def units_below(tx: Transaction, unit_id: UUID | None, leader_id: UUID | None) -> set[UUID]:
    """Return a unit, the units a person leads, and all below them."""
    return set(tx.session.execute(_UNITS_BELOW, {"unit": unit_id, "leader": leader_id}).scalars())


def is_led_by(tx: Transaction, unit_id: UUID, leader_id: UUID | None, own_unit: UUID | None) -> bool:
    """Return whether somebody leads this very unit, by the directory or by the unit in their account."""
    unit = models.OrgUnit
    # A comparison with None would read IS NULL and match the units without a leader.
    conditions = [column == value for column, value in ((unit.leader_id, leader_id), (unit.unit_id, own_unit)) if value]
    return bool(tx.session.scalar(select(exists().where(unit.unit_id == unit_id, or_(false(), *conditions)))))


def save_agency(tx: Transaction, name: str, time_zone: str) -> None:
    _upsert(tx, models.Agency, {}, {"name": name, "time_zone": time_zone})


def save_unit(tx: Transaction, unit: Unit) -> None:
    values = asdict(unit)
    _upsert(tx, models.OrgUnit, {"unit_id": values.pop("unit_id")}, values)


def save_employment(tx: Transaction, employee_id: UUID, employment_type: str, status: str) -> None:
    values = {"employment_type": employment_type, "status": status}
    _upsert(tx, models.Employee, {"employee_id": employee_id}, values)


def save_assignment(tx: Transaction, assignment: Assignment) -> None:
    values = asdict(assignment)
    _upsert(tx, models.Employee, {"employee_id": values.pop("employee_id")}, values)


def _upsert(tx: Transaction, model: type[models.Base], key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert a row of this agency, or overwrite these values of the one that is there."""
    whole_key = {"agency_id": tx.agency_id, **key}
    query = insert(table_of(model)).values({**whole_key, **values})
    tx.session.execute(query.on_conflict_do_update(index_elements=list(whole_key), set_=values))
