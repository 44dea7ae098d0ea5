"""What personnel published: agency, units, employees."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import func, select

from chassis.clock import today_in
from chassis.errors import FieldError, InvalidInput, NotFound
from chassis.records import columns_of, fetch_one
from chassis.unit_of_work import Transaction
from wellbeing.domain.reporting_line import ACTIVE, Employee, ReportingLine
from wellbeing.domain.units import UnitTree
from wellbeing.persistence import models

DEFAULT_TIME_ZONE = "Asia/Jakarta"  # until the agency's own is known


def require_agency(tx: Transaction) -> None:
    """Raise NotFound for an agency that is not known: nobody would ever read a report there."""
    query = select(models.Agency.agency_id).where(models.Agency.agency_id == tx.agency_id)
    if tx.session.scalar(query) is None:
        raise NotFound(object="instansi", id=tx.agency_id)


def time_zone(tx: Transaction) -> str:
    query = select(models.Agency.time_zone).where(models.Agency.agency_id == tx.agency_id)
    return tx.session.scalar(query) or DEFAULT_TIME_ZONE


def today(tx: Transaction) -> date:
    """Return the calendar day in the agency's time zone."""
    return today_in(tx.now, time_zone(tx))


def find_employee(tx: Transaction, employee_id: UUID) -> Employee | None:
    row = models.Employee
    here = (row.agency_id == tx.agency_id, row.employee_id == employee_id)
    return fetch_one(tx, select(*columns_of(row, Employee)).where(*here), Employee)


def require_active_units(tx: Transaction, unit_ids: Sequence[UUID]) -> None:
    """Raise InvalidInput for a unit that is not known or no longer active."""
    query = select(models.OrgUnit.unit_id).where(models.OrgUnit.unit_id.in_(unit_ids), models.OrgUnit.active)
    active = set(tx.session.scalars(query)) if unit_ids else set()
    unknown = [unit for unit in dict.fromkeys(unit_ids) if unit not in active]
    if unknown:
        expected = "pengenal unit kerja yang aktif di instansi Anda"
        raise InvalidInput(errors=[FieldError("unit_ids", "unknown_unit", str(unit), expected) for unit in unknown])


def known_employees(tx: Transaction, employee_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these are employees of the agency."""
    query = select(models.Employee.employee_id).where(models.Employee.employee_id.in_(employee_ids))
    return set(tx.session.scalars(query)) if employee_ids else set()


def unit_names(tx: Transaction) -> dict[UUID, tuple[str, str]]:
    """Return code and name of every unit."""
    query = select(models.OrgUnit.unit_id, models.OrgUnit.code, models.OrgUnit.name)
    return {row.unit_id: (row.code, row.name) for row in tx.session.execute(query)}


def unit_tree(tx: Transaction) -> UnitTree:
    return UnitTree(dict(tx.session.execute(select(models.OrgUnit.unit_id, models.OrgUnit.parent_id)).all()))


def unit_leaders(tx: Transaction) -> dict[UUID, UUID]:
    """Return who leads which unit."""
    leader = models.OrgUnit.leader_id
    rows = tx.session.execute(select(models.OrgUnit.unit_id, leader).where(leader.is_not(None)))
    return {unit_id: leader_id for unit_id, leader_id in rows if leader_id is not None}


def reporting_line(tx: Transaction) -> ReportingLine:
    """Return who stands above whom, whatever people's status: who is away is still above."""
    return ReportingLine(cache(lambda employee_id: find_employee(tx, employee_id)), unit_tree(tx), unit_leaders(tx))


def subordinates(tx: Transaction, appraiser_id: UUID) -> set[UUID]:
    query = select(models.Employee.employee_id).where(models.Employee.appraiser_id == appraiser_id)
    return set(tx.session.scalars(query))


def active_members(tx: Transaction) -> Counter[UUID]:
    """Return how many active employees each unit has itself."""
    employee = models.Employee
    query = select(employee.unit_id, func.count()).where(employee.status == ACTIVE, employee.unit_id.is_not(None))
    rows = tx.session.execute(query.group_by(employee.unit_id))
    return Counter({unit_id: count for unit_id, count in rows if unit_id is not None})
