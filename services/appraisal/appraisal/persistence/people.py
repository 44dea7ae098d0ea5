"""What is known of people, units and agencies, kept by events."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction

_STAFF = text(
    "SELECT s.employee_id, s.unit_id, s.position_kind, s.appraiser_id, s.reviewer_id, s.status, "
    "EXISTS (SELECT 1 FROM evaluation e WHERE e.employee_id = s.employee_id AND e.year = CAST(:year AS integer) "
    "AND e.kind = 'ANNUAL' AND e.state = 'FINAL') AS year_closed FROM staff s WHERE s.employee_id = :employee"
)
_UNDER = text(
    "WITH RECURSIVE under AS (SELECT unit_id FROM org_unit WHERE unit_id = CAST(:unit AS uuid) "
    "OR leader_id = CAST(:leader AS uuid) "
    "UNION SELECT o.unit_id FROM org_unit o JOIN under u ON o.parent_id = u.unit_id) "
    "SELECT unit_id FROM under"
)
_UNIT = text("SELECT unit_id, parent_id, code, name, leader_id, active FROM org_unit WHERE unit_id = :unit")
_LED = text(
    "SELECT 1 FROM org_unit WHERE unit_id = :unit "
    "AND (leader_id = CAST(:leader AS uuid) OR unit_id = CAST(:own AS uuid))"
)
_AGENCY = text(
    "INSERT INTO agency (agency_id, name, time_zone) VALUES (:agency, :name, :time_zone) "
    "ON CONFLICT (agency_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone"
)
_PUT_UNIT = text(
    "INSERT INTO org_unit (agency_id, unit_id, parent_id, code, name, leader_id, active) "
    "VALUES (:agency, :unit_id, :parent_id, :code, :name, :leader_id, :active) ON CONFLICT (agency_id, unit_id) "
    "DO UPDATE SET parent_id = excluded.parent_id, code = excluded.code, name = excluded.name, "
    "leader_id = excluded.leader_id, active = excluded.active"
)
_PUT_EMPLOYEE = text(
    "INSERT INTO staff (agency_id, employee_id, employment_type, status) VALUES (:agency, :employee, :type, :status) "
    "ON CONFLICT (agency_id, employee_id) "
    "DO UPDATE SET employment_type = excluded.employment_type, status = excluded.status"
)
_PUT_ASSIGNMENT = text(
    "INSERT INTO staff (agency_id, employee_id, unit_id, position_code, position_kind, appraiser_id, reviewer_id) "
    "VALUES (:agency, :employee, :unit, :code, :kind, :appraiser, :reviewer) ON CONFLICT (agency_id, employee_id) "
    "DO UPDATE SET unit_id = excluded.unit_id, position_code = excluded.position_code, "
    "position_kind = excluded.position_kind, appraiser_id = excluded.appraiser_id, reviewer_id = excluded.reviewer_id"
)


@dataclass(frozen=True)
class StaffMember:
    employee_id: UUID
    unit_id: UUID | None
    position_kind: str
    appraiser_id: UUID | None
    reviewer_id: UUID | None
    status: str
    year_closed: bool = False

    @property
    def is_high_leader(self) -> bool:
        return self.position_kind.startswith("JPT")


@dataclass(frozen=True)
class Unit:
    unit_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    leader_id: UUID | None
    active: bool


def staff_member(tx: Transaction, employee_id: UUID, year: int | None = None) -> StaffMember | None:
    """A person as heard so far, and whether the annual evaluation of `year` is final."""
    row = tx.session.execute(_STAFF, {"employee": employee_id, "year": year}).first()
    if row is None:
        return None
    return StaffMember(
        employee_id,
        row.unit_id,
        row.position_kind or "",
        row.appraiser_id,
        row.reviewer_id,
        row.status or "",
        row.year_closed,
    )


def units_under(tx: Transaction, unit_id: UUID | None, leader_id: UUID | None) -> set[UUID]:
    """A unit, the units a person leads, and all below them."""
    return set(tx.session.execute(_UNDER, {"unit": unit_id, "leader": leader_id}).scalars())


def find_unit(tx: Transaction, unit_id: UUID) -> Unit | None:
    row = tx.session.execute(_UNIT, {"unit": unit_id}).first()
    return None if row is None else Unit(*row)


def leads(tx: Transaction, unit_id: UUID, leader_id: UUID | None, own_unit: UUID | None) -> bool:
    """Whether somebody leads this very unit, by the directory or by the office in their account."""
    return tx.session.execute(_LED, {"unit": unit_id, "leader": leader_id, "own": own_unit}).first() is not None


def put_agency(tx: Transaction, name: str, time_zone: str) -> None:
    tx.session.execute(_AGENCY, {"agency": tx.agency_id, "name": name, "time_zone": time_zone})


def put_unit(tx: Transaction, unit: Unit) -> None:
    tx.session.execute(_PUT_UNIT, {"agency": tx.agency_id, **vars(unit)})


def put_employee(tx: Transaction, employee_id: UUID, employment_type: str, status: str) -> None:
    values = {"agency": tx.agency_id, "employee": employee_id, "type": employment_type, "status": status}
    tx.session.execute(_PUT_EMPLOYEE, values)


def put_assignment(tx: Transaction, member: StaffMember, position_code: str) -> None:
    values = {
        "agency": tx.agency_id,
        "employee": member.employee_id,
        "unit": member.unit_id,
        "code": position_code,
        "kind": member.position_kind,
        "appraiser": member.appraiser_id,
        "reviewer": member.reviewer_id,
    }
    tx.session.execute(_PUT_ASSIGNMENT, values)


def rows(tx: Transaction, statement: Any, **values: Any) -> list[dict[str, Any]]:
    """Flat rows of a screen's query."""
    return [dict(row) for row in tx.session.execute(statement, values).mappings()]
