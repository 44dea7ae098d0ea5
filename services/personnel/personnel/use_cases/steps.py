"""Steps that several use cases share: the agency's day, finding people and units, telling the others."""

import hashlib
from dataclasses import fields
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import text

from chassis.clock import today_in
from chassis.errors import NotFound, VersionConflict
from chassis.unit_of_work import Transaction
from personnel.domain.errors import AgencyNotRegistered
from personnel.domain.values import TimeZone
from personnel.events import EmployeeChanged, EmployeeContactChanged
from personnel.persistence.models import Agency, Employee, OrgUnit

V = TypeVar("V")
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext(:name))")


def agency_of(tx: Transaction) -> Agency:
    """The agency of this transaction; raises AgencyNotRegistered."""
    agency = tx.session.get(Agency, tx.agency_id)
    if agency is None:
        raise AgencyNotRegistered(agency=tx.agency_id)
    return agency


def today(tx: Transaction) -> date:
    """The calendar day in the agency's time zone; western Indonesia's until the agency is registered."""
    agency = tx.session.get(Agency, tx.agency_id)
    return today_in(tx.now, agency.time_zone if agency else TimeZone.WIB)


def lock_lines(tx: Transaction) -> None:
    """One at a time may change who stands under whom in an agency, so that no circle can close between two changes."""
    tx.session.execute(_LOCK, {"name": f"lines:{tx.agency_id}"})


def employee_of(tx: Transaction, employee_id: UUID, *, lock: bool = False) -> Employee:
    """Find a person of this agency; raises NotFound."""
    employee = tx.session.get(Employee, employee_id, with_for_update=lock, populate_existing=lock)
    if employee is None:
        raise NotFound(object="pegawai", id=employee_id)
    return employee


def unit_of(tx: Transaction, unit_id: UUID, *, lock: bool = False) -> OrgUnit:
    """Find a unit of this agency; raises NotFound."""
    unit = tx.session.get(OrgUnit, unit_id, with_for_update=lock, populate_existing=lock)
    if unit is None:
        raise NotFound(object="unit kerja", id=unit_id)
    return unit


def check_version(expected: int | None, actual: int) -> None:
    """Refuse a change of something that has changed since the caller saw it; None: the caller does not mind."""
    if expected is not None and expected != actual:
        raise VersionConflict


def nip_digest(nip: str) -> str:
    """A number's digest in PostgreSQL's spelling of bytes."""
    return "\\x" + hashlib.sha256(nip.encode()).hexdigest()


def employment_fact(employee: Employee) -> EmployeeChanged:
    return EmployeeChanged(
        employee_id=employee.id,
        employment_type=employee.employment_type,
        status=employee.status,
        grade=employee.grade,
        grade_since=employee.grade_since,
        service_start=employee.service_start,
        version=employee.employee_version,
    )


def contact_fact(employee: Employee) -> EmployeeContactChanged:
    return EmployeeContactChanged(
        employee_id=employee.id, name=employee.name, email=employee.email, version=employee.contact_version
    )


def as_view(view: type[V], row: object) -> V:
    """Copy a row into a flat value of the same field names, to be shown outside."""
    return view(**{item.name: getattr(row, item.name) for item in fields(view)})  # type: ignore[arg-type]
