"""What personnel has told: agencies, units, employees and their posts."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.clock import today_in
from chassis.unit_of_work import Transaction
from training.persistence.models import Agency, Base, Employee, OrgUnit

DEFAULT_ZONE = "Asia/Jakarta"
_BELOW = text(
    "WITH RECURSIVE below AS ("
    "  SELECT unit_id FROM org_unit WHERE unit_id = :unit"
    "  UNION SELECT child.unit_id FROM org_unit child JOIN below ON child.parent_id = below.unit_id"
    ") SELECT unit_id FROM below"
)


def today(tx: Transaction) -> date:
    """The day it is in the agency's time zone (western Indonesia until the agency is known)."""
    agency = tx.session.get(Agency, tx.agency_id)
    return today_in(tx.now, agency.time_zone if agency else DEFAULT_ZONE)


def time_zone(tx: Transaction) -> str:
    agency = tx.session.get(Agency, tx.agency_id)
    return agency.time_zone if agency else DEFAULT_ZONE


def put(tx: Transaction, table: type[Base], key: str, values: dict[str, Any]) -> None:
    """Insert a projection row, or overwrite the columns that came."""
    row = insert(table).values(agency_id=tx.agency_id, **values)
    changes = {name: row.excluded[name] for name in values if name != key}
    tx.session.execute(row.on_conflict_do_update(index_elements=[key], set_=changes))
    tx.session.expire_all()


def employee(tx: Transaction, employee_id: UUID) -> Employee | None:
    return tx.session.get(Employee, employee_id)


def team_of(appraiser_id: UUID | None) -> Select[Any]:
    """The ids of the people whom this person appraises."""
    return select(Employee.employee_id).where(Employee.appraiser_id == appraiser_id)


def people_in_post(tx: Transaction, position_code: str, after: UUID | None, limit: int) -> list[UUID]:
    query = select(Employee.employee_id).where(Employee.position_code == position_code)
    if after is not None:
        query = query.where(Employee.employee_id > after)
    return list(tx.session.scalars(query.order_by(Employee.employee_id).limit(limit)))


def units_below(tx: Transaction, unit_id: UUID) -> set[UUID]:
    """A unit and all units under it; the unit itself even if personnel has not told of it yet."""
    return set(tx.session.execute(_BELOW, {"unit": unit_id}).scalars()) | {unit_id}


def units_led_by(tx: Transaction, employee_id: UUID) -> set[UUID]:
    return set(tx.session.scalars(select(OrgUnit.unit_id).where(OrgUnit.leader_id == employee_id)))
