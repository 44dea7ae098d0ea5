"""People as they stood on a day: the newest version that had begun by then."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.clock import today_in
from chassis.errors import NotFound
from chassis.records import among, columns_of, fetch_all
from chassis.unit_of_work import Transaction
from directory.people import PositionLevel
from incentive.domain.person import AssignmentVersion, EmployeeVersion
from incentive.persistence import models

DEFAULT_ZONE = "Asia/Jakarta"
_EMPLOYEE = columns_of(models.EmployeeVersion, EmployeeVersion)
_ASSIGNMENT = columns_of(models.AssignmentVersion, AssignmentVersion)
# Text because it is recursive: the unit itself and all units below it.
_UNITS_BELOW = text(
    "WITH RECURSIVE below AS (SELECT unit_id FROM org_unit WHERE agency_id = :agency AND unit_id = :id "
    "UNION SELECT o.unit_id FROM org_unit o JOIN below b ON o.parent_id = b.unit_id WHERE o.agency_id = :agency) "
    "SELECT unit_id FROM below"
)


def zone_of(tx: Transaction) -> str:
    """Return the agency's time zone; WIB until personnel has published it."""
    return tx.session.execute(select(models.Agency.time_zone)).scalar() or DEFAULT_ZONE


def today_of(tx: Transaction) -> date:
    return today_in(tx.now, zone_of(tx))


def require_employee(tx: Transaction, employee_id: UUID) -> None:
    """Raise NotFound unless this agency has the employee."""
    version = models.EmployeeVersion
    if tx.session.execute(select(version.version).where(version.employee_id == employee_id).limit(1)).first() is None:
        raise NotFound(object="pegawai", id=employee_id)


def known_employees(tx: Transaction, ids: Sequence[UUID]) -> set[UUID]:
    """Return those of `ids` that this agency has."""
    employee = models.EmployeeVersion.employee_id
    return set(tx.session.scalars(select(employee).distinct().where(among(employee, ids))))


def employees_on(tx: Transaction, ids: Sequence[UUID], day: date) -> dict[UUID, EmployeeVersion]:
    """Return the version that holds on a day, by person; before the first one began, the first is the best known."""
    version = models.EmployeeVersion
    begun = version.effective_from <= day
    query = (
        select(*_EMPLOYEE)
        .ext(distinct_on(version.employee_id))
        .where(among(version.employee_id, ids))
        .order_by(version.employee_id, begun.desc(), case((begun, version.version), else_=-version.version).desc())
    )
    return {found.employee_id: found for found in fetch_all(tx, query, EmployeeVersion)}


def assignments_on(tx: Transaction, ids: Sequence[UUID], day: date) -> dict[UUID, AssignmentVersion]:
    """Return the assignment that holds on a day, by person."""
    version = models.AssignmentVersion
    query = (
        select(*_ASSIGNMENT)
        .ext(distinct_on(version.employee_id))
        .where(among(version.employee_id, ids), version.effective_from <= day)
        .order_by(version.employee_id, version.version.desc())
    )
    return {found.employee_id: found for found in fetch_all(tx, query, AssignmentVersion)}


def level_on(tx: Transaction, employee_id: UUID, day: date) -> PositionLevel | None:
    """Return the jenjang held on a day."""
    assignment = assignments_on(tx, [employee_id], day).get(employee_id)
    return assignment.position_level if assignment else None


def next_employees(tx: Transaction, after: UUID | None, limit: int) -> list[UUID]:
    """Return the next people in the order of their ids."""
    query = select(models.EmployeeVersion.employee_id).distinct()
    if after is not None:
        query = query.where(models.EmployeeVersion.employee_id > after)
    return list(tx.session.scalars(query.order_by(models.EmployeeVersion.employee_id).limit(limit)))


def count_employees(tx: Transaction) -> int:
    return tx.session.execute(select(func.count(models.EmployeeVersion.employee_id.distinct()))).scalar_one()


def require_unit(tx: Transaction, unit_id: UUID) -> None:
    """Raise NotFound unless this agency has the unit."""
    if tx.session.execute(select(models.OrgUnit.unit_id).where(models.OrgUnit.unit_id == unit_id)).first() is None:
        raise NotFound(object="unit kerja", id=unit_id)


def units_below(tx: Transaction, unit_id: UUID) -> list[UUID]:
    """Return the unit itself and all units below it."""
    return list(tx.session.scalars(_UNITS_BELOW, {"agency": tx.agency_id, "id": unit_id}))
