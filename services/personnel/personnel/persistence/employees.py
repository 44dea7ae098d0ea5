"""People as they stand today, and the views of them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, text, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, aliased

from chassis.errors import required
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import among, columns_of, fetch_all, fetch_one, keyset, update_record, values_of
from chassis.unit_of_work import Transaction
from directory.people import EmployeeStatus
from personnel.domain.employee import Employee
from personnel.domain.employee_views import (
    CardView,
    Count,
    EmployeeView,
    ListedEmployeeView,
    ListEmployees,
    PaperNameView,
    UnitCount,
)
from personnel.persistence import models
from personnel.persistence.bulk import update_many
from personnel.persistence.search import people_named, people_with_number

_COLUMNS = columns_of(models.Employee, Employee)
HAS_LEFT = [status.value for status in EmployeeStatus if status.has_left]
IN_SERVICE = models.Employee.status.not_in(HAS_LEFT)
_SUPERIOR = aliased(models.Employee)
# Titles by codes; of two titles of a code the one recorded last.
_RECORD = models.PositionRecord
_TITLES = (
    select(func.jsonb_object_agg(_RECORD.position_code, aggregate_order_by(_RECORD.position_title, _RECORD.id)))
    .where(_RECORD.employee_id == models.Employee.id, _RECORD.withdrawn_at.is_(None))
    .scalar_subquery()
)
_RENAMED = {
    "titles": func.coalesce(_TITLES, text("'{}'::jsonb")),
    "employee_id": models.Employee.id,
    "unit_code": models.OrgUnit.code,
    "unit_name": models.OrgUnit.name,
    "appraiser_id": models.Employee.superior_id,
    "reviewer_id": _SUPERIOR.superior_id,
    "version": models.Employee.revision,
}
_COMPUTED = {"appraiser", "reviewer", "relation"}
Order = tuple[InstrumentedAttribute[Any], InstrumentedAttribute[Any]]
BY_NAME: Order = (models.Employee.name, models.Employee.id)
# Locking: one transaction at a time may change who stands under whom in an agency, so no cycle closes between two.
_LOCK_LINES = text("SELECT pg_advisory_xact_lock(hashtext(:name))")


def lock_reporting_lines(tx: Transaction) -> None:
    """Wait until nobody else changes reporting lines or the tree of units of this agency, and keep others out."""
    tx.session.execute(_LOCK_LINES, {"name": f"lines:{tx.agency_id}"})


def find_employee(tx: Transaction, employee_id: UUID, *, lock: bool = False) -> Employee | None:
    query = select(*_COLUMNS).where(models.Employee.id == employee_id)
    return fetch_one(tx, query.with_for_update() if lock else query, Employee)


def load_employee(tx: Transaction, employee_id: UUID, *, lock: bool = False) -> Employee:
    """Return a person of this agency. Raise NotFound."""
    return required(find_employee(tx, employee_id, lock=lock), "pegawai", employee_id)


def lock_employees(tx: Transaction, employee_ids: Sequence[UUID]) -> dict[UUID, Employee]:
    """Return these people, locked until the commit, in the order of their ids so that no two wait for each other."""
    query = select(*_COLUMNS).where(models.Employee.id.in_(employee_ids)).order_by(models.Employee.id).with_for_update()
    return {one.id: one for one in fetch_all(tx, query, Employee)} if employee_ids else {}


def update_employee(tx: Transaction, before: Employee, after: Employee) -> None:
    """Save a change. Raise VersionConflict."""
    update_record(tx, models.Employee, before, after, version="revision", updated_at=tx.now)


def save_employees(tx: Transaction, people: Sequence[Employee]) -> None:
    """Save people who are locked, in one statement; the revision of each rises."""
    rows = [{**values_of(models.Employee, one), "revision": one.revision + 1, "updated_at": tx.now} for one in people]
    update_many(tx, models.Employee, "id", rows)


def exists(tx: Transaction, employee_id: UUID) -> bool:
    return tx.session.execute(select(models.Employee.id).where(models.Employee.id == employee_id)).first() is not None


def superior_of(tx: Transaction, employee_id: UUID) -> UUID | None:
    query = select(models.Employee.superior_id).where(models.Employee.id == employee_id)
    return tx.session.execute(query).scalar_one_or_none()


def count_subordinates(tx: Transaction, employee_id: UUID) -> int:
    query = select(func.count()).where(models.Employee.superior_id == employee_id)
    return tx.session.execute(query).scalar_one()


def names_of(tx: Transaction, employee_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    query = select(models.Employee.id, models.Employee.name).where(models.Employee.id.in_(set(employee_ids)))
    return dict(tx.session.execute(query).all())


def take_marked(tx: Transaction, *, after: UUID | None, limit: int) -> list[UUID]:
    """Return the next people whom an import has marked for publication, by id, locked and without the mark."""
    query = select(models.Employee.id).where(models.Employee.announce_from.is_not(None))
    if after is not None:
        query = query.where(models.Employee.id > after)
    found = list(tx.session.scalars(query.order_by(models.Employee.id).limit(limit).with_for_update()))
    cleared = update(models.Employee).where(among(models.Employee.id, found)).values(announce_from=None)
    tx.session.execute(cleared.execution_options(synchronize_session=False))
    return found


def find_view(tx: Transaction, employee_id: UUID) -> EmployeeView | None:
    """Return one person's whole record."""
    return fetch_one(tx, _views(EmployeeView).where(models.Employee.id == employee_id), EmployeeView)


def list_views(tx: Transaction, wanted: ListEmployees, units: Sequence[UUID] | None) -> Page[ListedEmployeeView]:
    """Return people by name; `units` None means all."""
    query, order = _views(ListedEmployeeView), BY_NAME
    if wanted.name:
        named = people_named(tx, wanted.name)
        query, order = query.join(named, named.employee_id == models.Employee.id), (named.name, named.employee_id)
    if wanted.nip:
        numbered = people_with_number(tx, wanted.nip)
        query, order = query.join(numbered, numbered.id == models.Employee.id), (numbered.name, numbered.id)
    if units is not None:
        query = query.where(models.Employee.unit_id.in_(units))
    if wanted.status:
        query = query.where(models.Employee.status == wanted.status)
    if wanted.employment_type:
        query = query.where(models.Employee.employment_type == wanted.employment_type)
    if wanted.without_superior:
        query = query.where(models.Employee.superior_id.is_(None))
    if wanted.superior_left:
        superior = aliased(models.Employee)
        left = select(superior.id).where(superior.status.in_(HAS_LEFT))
        query = query.where(IN_SERVICE, models.Employee.superior_id.in_(left))
    if wanted.unit_closed:
        query = query.where(IN_SERVICE, models.OrgUnit.active.is_(False))
    return _by_name(tx, query, wanted.page, order)


def list_subordinates(tx: Transaction, superior_id: UUID, page: PageRequest) -> Page[ListedEmployeeView]:
    """Return those whose superior somebody is, by name."""
    return _by_name(tx, _views(ListedEmployeeView).where(models.Employee.superior_id == superior_id), page)


def cards_of(tx: Transaction, employee_ids: Sequence[UUID]) -> dict[UUID, CardView]:
    """Return cards by id; unknown ids are left out."""
    query = _views(CardView).where(models.Employee.id.in_(employee_ids))
    return {card.employee_id: card for card in fetch_all(tx, query, CardView)}


def paper_names_of(tx: Transaction, employee_ids: Sequence[UUID]) -> dict[UUID, PaperNameView]:
    """Return by what papers name these people, by id; unknown ids are left out."""
    query = _views(PaperNameView).where(among(models.Employee.id, employee_ids))
    return {one.employee_id: one for one in fetch_all(tx, query, PaperNameView)}


def find_cards(tx: Transaction, name: str, limit: int) -> list[CardView]:
    """Return cards of colleagues in service by the beginnings of words of their name."""
    named = people_named(tx, name)
    query = _views(CardView).join(named, named.employee_id == models.Employee.id).where(IN_SERVICE)
    return fetch_all(tx, query.order_by(named.name, named.employee_id).limit(limit), CardView)


def count_by(tx: Transaction, field: str, units: Sequence[UUID] | None) -> list[Count]:
    """Return how many people in service have each value of a field, by value."""
    column = models.Employee.__table__.columns[field]
    query = select(column, func.count()).where(*_in_service(units)).group_by(column)
    return sorted((Count(*row) for row in tx.session.execute(query)), key=lambda one: one.value)


def count_without_superior(tx: Transaction, units: Sequence[UUID] | None) -> int:
    query = select(func.count()).where(*_in_service(units), models.Employee.superior_id.is_(None))
    return tx.session.execute(query).scalar_one()


def count_by_unit(tx: Transaction, units: Sequence[UUID] | None) -> list[UnitCount]:
    """Return how many people in service each unit has, by the unit's code."""
    query = (
        select(models.OrgUnit.id, models.OrgUnit.code, models.OrgUnit.name, func.count())
        .join(models.Employee, models.Employee.unit_id == models.OrgUnit.id)
        .where(*_in_service(units))
        .group_by(models.OrgUnit.id)
        .order_by(models.OrgUnit.code)
    )
    return [UnitCount(*row) for row in tx.session.execute(query)]


def _in_service(units: Sequence[UUID] | None) -> list[ColumnElement[bool]]:
    scope: list[ColumnElement[bool]] = [IN_SERVICE]
    return scope if units is None else [*scope, models.Employee.unit_id.in_(units)]


def _views(view: type) -> Select[Any]:
    names = [item.name for item in fields(view) if item.name not in _COMPUTED]
    columns: list[Any] = [
        (_RENAMED[name] if name in _RENAMED else getattr(models.Employee, name)).label(name) for name in names
    ]
    query = select(*columns).join(models.OrgUnit, models.OrgUnit.id == models.Employee.unit_id)
    if "reviewer_id" in names:
        query = query.outerjoin(_SUPERIOR, _SUPERIOR.id == models.Employee.superior_id)
    return query


def _by_name(
    tx: Transaction, query: Select[Any], page: PageRequest, order: Order = BY_NAME
) -> Page[ListedEmployeeView]:
    found = fetch_all(tx, keyset(query, page, *order), ListedEmployeeView)
    return page_of(found, page, lambda one: (one.name, one.employee_id))
