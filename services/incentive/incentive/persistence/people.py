"""People as they stood on a day: the newest version that had begun by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.clock import today_in
from chassis.errors import NotFound
from chassis.unit_of_work import Transaction
from incentive.domain.values import EmployeeStatus, EmploymentType, PositionKind, PositionLevel

DEFAULT_ZONE = "Asia/Jakarta"

_ZONE = text("SELECT time_zone FROM agency WHERE agency_id = :agency")
_KNOWN = text("SELECT 1 FROM employee_version WHERE agency_id = :agency AND employee_id = :id LIMIT 1")
_KNOWN_OF = text(
    "SELECT DISTINCT employee_id FROM employee_version WHERE agency_id = :agency AND employee_id = ANY(:ids)"
)
# Before the first version began, the first version is the best that is known.
_EMPLOYEES = text(
    "SELECT DISTINCT ON (employee_id) employee_id, version, employment_type, status, grade, grade_since, service_start "
    "FROM employee_version WHERE agency_id = :agency AND employee_id = ANY(:ids) ORDER BY employee_id, "
    "(effective_from <= :day) DESC, CASE WHEN effective_from <= :day THEN version ELSE -version END DESC"
)
_ASSIGNMENTS = text(
    "SELECT DISTINCT ON (employee_id) employee_id, version, unit_id, position_kind, position_level, job_class "
    "FROM assignment_version WHERE agency_id = :agency AND employee_id = ANY(:ids) AND effective_from <= :day "
    "ORDER BY employee_id, version DESC"
)
_LEVELS = text(
    "SELECT version, effective_from, position_level FROM assignment_version "
    "WHERE agency_id = :agency AND employee_id = :id ORDER BY version DESC"
)
_NEXT_IDS = text(
    "SELECT DISTINCT employee_id FROM employee_version WHERE agency_id = :agency "
    "AND (CAST(:after AS uuid) IS NULL OR employee_id > CAST(:after AS uuid)) ORDER BY employee_id LIMIT :limit"
)
_COUNT = text("SELECT count(DISTINCT employee_id) FROM employee_version WHERE agency_id = :agency")
_UNIT = text("SELECT unit_id, code, name, leader_id FROM org_unit WHERE agency_id = :agency AND unit_id = :id")
_UNITS_BELOW = text(
    "WITH RECURSIVE below AS (SELECT unit_id FROM org_unit WHERE agency_id = :agency AND unit_id = :id "
    "UNION SELECT o.unit_id FROM org_unit o JOIN below b ON o.parent_id = b.unit_id WHERE o.agency_id = :agency) "
    "SELECT unit_id FROM below"
)


@dataclass(frozen=True)
class EmployeeState:
    version: int
    employment_type: EmploymentType
    status: EmployeeStatus
    grade: str
    grade_since: date | None
    service_start: date | None


@dataclass(frozen=True)
class AssignmentState:
    version: int
    unit_id: UUID
    position_kind: PositionKind
    position_level: PositionLevel | None
    job_class: int


def zone_of(tx: Transaction) -> str:
    """The agency's time zone; WIB until the agency has told its own."""
    return tx.session.execute(_ZONE, {"agency": tx.agency_id}).scalar() or DEFAULT_ZONE


def today_of(tx: Transaction) -> date:
    return today_in(tx.now, zone_of(tx))


def require_employee(tx: Transaction, employee_id: UUID) -> None:
    """Raise NotFound unless this agency has the employee."""
    if tx.session.execute(_KNOWN, {"agency": tx.agency_id, "id": employee_id}).first() is None:
        raise NotFound(object="pegawai", id=employee_id)


def known_among(tx: Transaction, ids: Sequence[UUID]) -> set[UUID]:
    rows = tx.session.execute(_KNOWN_OF, {"agency": tx.agency_id, "ids": list(ids)})
    return {row.employee_id for row in rows}


def employees_on(tx: Transaction, ids: Sequence[UUID], day: date) -> dict[UUID, EmployeeState]:
    rows = tx.session.execute(_EMPLOYEES, {"agency": tx.agency_id, "ids": list(ids), "day": day})
    return {
        row.employee_id: EmployeeState(
            row.version,
            EmploymentType(row.employment_type),
            EmployeeStatus(row.status),
            row.grade,
            row.grade_since,
            row.service_start,
        )
        for row in rows
    }


def assignments_on(tx: Transaction, ids: Sequence[UUID], day: date) -> dict[UUID, AssignmentState]:
    rows = tx.session.execute(_ASSIGNMENTS, {"agency": tx.agency_id, "ids": list(ids), "day": day})
    return {
        row.employee_id: AssignmentState(
            row.version,
            row.unit_id,
            PositionKind(row.position_kind),
            PositionLevel(row.position_level) if row.position_level else None,
            row.job_class,
        )
        for row in rows
    }


def levels_on(tx: Transaction, employee_id: UUID, days: Sequence[date]) -> list[PositionLevel | None]:
    """The jenjang held on each of these days."""
    rows = tx.session.execute(_LEVELS, {"agency": tx.agency_id, "id": employee_id}).all()
    found = []
    for day in days:
        level = next((row.position_level for row in rows if row.effective_from <= day), None)
        found.append(PositionLevel(level) if level else None)
    return found


def next_employees(tx: Transaction, after: str | None, limit: int) -> list[UUID]:
    rows = tx.session.execute(_NEXT_IDS, {"agency": tx.agency_id, "after": after, "limit": limit})
    return [row.employee_id for row in rows]


def count_employees(tx: Transaction) -> int:
    return int(tx.session.execute(_COUNT, {"agency": tx.agency_id}).scalar_one())


def unit(tx: Transaction, unit_id: UUID) -> Any:
    """The unit's row; raises NotFound when this agency has none such."""
    row = tx.session.execute(_UNIT, {"agency": tx.agency_id, "id": unit_id}).first()
    if row is None:
        raise NotFound(object="unit kerja", id=unit_id)
    return row


def units_below(tx: Transaction, unit_id: UUID) -> list[UUID]:
    """The unit itself and all units under it."""
    rows = tx.session.execute(_UNITS_BELOW, {"agency": tx.agency_id, "id": unit_id})
    return [row.unit_id for row in rows]
