"""Queries for screens: rows of several tables as the flat values of domain.views."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text, tuple_
from sqlalchemy.orm import Session

from personnel.domain.views import Card, EmployeeFilter, EmployeeView, ListedEmployee
from personnel.persistence.models import Employee, EmployeeIdentifier, OrgUnit

_RENAMED = {
    "employee_id": Employee.id,
    "unit_code": OrgUnit.code,
    "unit_name": OrgUnit.name,
    "appraiser_id": Employee.superior_id,
    "assignment_effective_from": Employee.effective_from,
    "version": Employee.revision,
}
_COMPUTED = {"appraiser", "reviewer", "relation"}
_SUBTREE = text(
    "WITH RECURSIVE below AS (SELECT id FROM org_unit WHERE id = :root UNION ALL "
    "SELECT u.id FROM org_unit u JOIN below ON u.parent_id = below.id) SELECT id FROM below"
)


def _columns(view: type) -> list[Any]:
    names = [item.name for item in fields(view) if item.name not in _COMPUTED]
    return [(_RENAMED[name] if name in _RENAMED else getattr(Employee, name)).label(name) for name in names]


def _employees(view: type) -> Select[Any]:
    return select(*_columns(view)).join(OrgUnit, OrgUnit.id == Employee.unit_id)


def units_below(session: Session, root: UUID) -> list[UUID]:
    """A unit and all units below it."""
    return list(session.execute(_SUBTREE, {"root": root}).scalars())


def find_view(session: Session, employee_id: UUID) -> EmployeeView | None:
    """One person as he stands."""
    row = session.execute(_employees(EmployeeView).where(Employee.id == employee_id)).mappings().first()
    return EmployeeView(**row) if row else None


def list_views(
    session: Session, wanted: EmployeeFilter, *, after: tuple[str, UUID] | None, limit: int
) -> list[ListedEmployee]:
    """People by name."""
    query = _employees(ListedEmployee).order_by(Employee.name, Employee.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(Employee.name, Employee.id) > after)
    if wanted.name:
        query = query.where(Employee.name.icontains(wanted.name, autoescape=True))
    if wanted.nip:
        known = select(EmployeeIdentifier.employee_id).where(EmployeeIdentifier.value == wanted.nip)
        query = query.where(Employee.id.in_(known))
    if wanted.units is not None:
        query = query.where(Employee.unit_id.in_(wanted.units))
    if wanted.status:
        query = query.where(Employee.status == wanted.status)
    if wanted.employment_type:
        query = query.where(Employee.employment_type == wanted.employment_type)
    if wanted.without_superior:
        query = query.where(Employee.superior_id.is_(None))
    return [ListedEmployee(**row) for row in session.execute(query).mappings()]


def list_subordinates_of(
    session: Session, superior_id: UUID, *, after: tuple[str, UUID] | None, limit: int
) -> list[ListedEmployee]:
    """Those whose superior somebody is, by name."""
    query = _employees(ListedEmployee).where(Employee.superior_id == superior_id)
    query = query.order_by(Employee.name, Employee.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(Employee.name, Employee.id) > after)
    return [ListedEmployee(**row) for row in session.execute(query).mappings()]


def cards(session: Session, employee_ids: Sequence[UUID]) -> dict[UUID, Card]:
    """Cards by id; unknown ids are left out."""
    query = _employees(Card).where(Employee.id.in_(employee_ids))
    return {row["employee_id"]: Card(**row) for row in session.execute(query).mappings()}


def find_cards(session: Session, name: str, limit: int) -> list[Card]:
    """Cards of active colleagues by a part of their name."""
    query = _employees(Card).where(Employee.name.icontains(name, autoescape=True), Employee.status != "RETIRED")
    query = query.order_by(Employee.name, Employee.id).limit(limit)
    return [Card(**row) for row in session.execute(query).mappings()]


def employees_behind(session: Session, nips: Sequence[str]) -> dict[str, UUID]:
    """The employees to whom these numbers belong or have belonged; unknown numbers are left out."""
    query = select(EmployeeIdentifier.value, EmployeeIdentifier.employee_id).where(EmployeeIdentifier.value.in_(nips))
    return {row.value: row.employee_id for row in session.execute(query)}
