"""The projection of agencies, units and people, written by personnel's events."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import InstrumentedAttribute

from chassis.clock import today_in
from chassis.records import AnySelect, columns_of, fetch_one, save_record
from chassis.unit_of_work import Transaction
from directory.people import Agency, Assignment
from training.domain.people import DEFAULT_ZONE, Employee, Scope
from training.persistence import models

_EMPLOYEE = columns_of(models.Employee, Employee)
# Recursive: the tree of units has no fixed depth.
_UNITS_BELOW = text(
    "WITH RECURSIVE below AS ("
    "  SELECT unit_id FROM org_unit WHERE unit_id = :unit"
    "  UNION SELECT child.unit_id FROM org_unit child JOIN below ON child.parent_id = below.unit_id"
    ") SELECT unit_id FROM below"
)


def time_zone(tx: Transaction) -> str:
    """Return the agency's time zone; western Indonesia's until the agency is known."""
    found = tx.session.scalar(select(models.Agency.time_zone).where(models.Agency.agency_id == tx.agency_id))
    return found or DEFAULT_ZONE


def today(tx: Transaction) -> date:
    """Return the calendar day in the agency's time zone."""
    return today_in(tx.now, time_zone(tx))


def save_agency(tx: Transaction, agency: Agency) -> None:
    save_record(tx, models.Agency, agency)


def save_assignment(tx: Transaction, assignment: Assignment) -> None:
    save_record(tx, models.Employee, assignment)


def find_employee(tx: Transaction, employee_id: UUID) -> Employee | None:
    """Return a person, or None when no event has brought them: people of other agencies too."""
    return fetch_one(tx, select(*_EMPLOYEE).where(models.Employee.employee_id == employee_id), Employee)


def people_in_post(tx: Transaction, position_code: str, after: UUID | None, limit: int) -> list[UUID]:
    """Return up to `limit` people in a post, by id, that come after a person."""
    query = select(models.Employee.employee_id).where(models.Employee.position_code == position_code)
    if after is not None:
        query = query.where(models.Employee.employee_id > after)
    return list(tx.session.scalars(query.order_by(models.Employee.employee_id).limit(limit)))


def units_below(tx: Transaction, unit_id: UUID) -> set[UUID]:
    """Return a unit and all units under it; the unit itself also when no event has brought it yet."""
    return set(tx.session.execute(_UNITS_BELOW, {"unit": unit_id}).scalars()) | {unit_id}


def units_led_by(tx: Transaction, employee_id: UUID) -> set[UUID]:
    return set(tx.session.scalars(select(models.OrgUnit.unit_id).where(models.OrgUnit.leader_id == employee_id)))


def within(query: AnySelect, column: InstrumentedAttribute[UUID], scope: Scope) -> AnySelect:
    """Narrow a query over rows about people to a scope; `column` names the person."""
    if scope.whole_agency:
        return query
    if scope.appraiser_id is not None:
        team = select(models.Employee.employee_id).where(models.Employee.appraiser_id == scope.appraiser_id)
        return query.where(column.in_(team))
    return query.where(column == scope.employee_id)
