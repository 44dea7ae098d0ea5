"""Organisational units: as they stand today, and the tree of any day."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, text

from chassis.errors import required
from chassis.pagination import Page, page_of
from chassis.records import among, columns_of, fetch_all, fetch_one, values_of
from chassis.unit_of_work import Transaction
from personnel.domain.org_unit import ListOrgUnits, OrgUnit, OrgUnitView
from personnel.persistence import models
from personnel.persistence.bulk import insert_many, update_many

_COLUMNS = columns_of(models.OrgUnit, OrgUnit)
_TODAY = "SELECT id AS unit_id, parent_id, code, name, leader_id, active, version FROM org_unit"
_ON_A_DAY = (
    "SELECT s.unit_id, s.parent_id, s.code, s.name, s.leader_id, s.active, u.version FROM org_unit_stretch s "
    "JOIN org_unit u ON u.id = s.unit_id WHERE s.first_day <= :as_of AND (s.last_day IS NULL OR s.last_day >= :as_of)"
)
# Recursive: the tree in order, each unit before those below it, siblings by code.
_TREE = (
    "WITH RECURSIVE unit AS ({base}), tree AS ("
    "SELECT unit.*, 0 AS depth, ARRAY[code] AS path FROM unit WHERE {roots} "
    "UNION ALL SELECT unit.*, tree.depth + 1, tree.path || unit.code "
    "FROM unit JOIN tree ON unit.parent_id = tree.unit_id) "
    "SELECT * FROM tree WHERE (CAST(:after AS text[]) IS NULL OR path > CAST(:after AS text[])) "
    "AND (:inactive OR active) ORDER BY path LIMIT :limit"
)
_TOPS = "parent_id IS NULL OR parent_id NOT IN (SELECT unit_id FROM unit)"
# Recursive: a unit with all units below it.
_SUBTREE = text(
    "WITH RECURSIVE below AS (SELECT id FROM org_unit WHERE id = :root UNION ALL "
    "SELECT u.id FROM org_unit u JOIN below ON u.parent_id = below.id) SELECT id FROM below"
)


def find_unit(tx: Transaction, unit_id: UUID) -> OrgUnit | None:
    return fetch_one(tx, select(*_COLUMNS).where(models.OrgUnit.id == unit_id), OrgUnit)


def load_unit(tx: Transaction, unit_id: UUID, *, lock: bool = False) -> OrgUnit:
    """Return a unit of this agency. Raise NotFound."""
    query = select(*_COLUMNS).where(models.OrgUnit.id == unit_id)
    return required(fetch_one(tx, query.with_for_update() if lock else query, OrgUnit), "unit kerja", unit_id)


def lock_some_units(tx: Transaction, *, after: UUID | None, limit: int) -> list[OrgUnit]:
    """Return the next units by id, locked until the commit."""
    query = select(*_COLUMNS).order_by(models.OrgUnit.id).limit(limit).with_for_update()
    return fetch_all(tx, query if after is None else query.where(models.OrgUnit.id > after), OrgUnit)


def lock_units(tx: Transaction) -> list[OrgUnit]:
    """Return all units of the agency, locked until the commit."""
    return fetch_all(tx, select(*_COLUMNS).with_for_update(), OrgUnit)


def find_units(tx: Transaction, unit_ids: Iterable[UUID]) -> dict[UUID, OrgUnit]:
    """Return these units, locked until the commit, by id; unknown ones are left out."""
    query = select(*_COLUMNS).where(among(models.OrgUnit.id, unit_ids)).order_by(models.OrgUnit.id).with_for_update()
    return {one.id: one for one in fetch_all(tx, query, OrgUnit)}


def unit_names(tx: Transaction, unit_ids: Iterable[UUID]) -> dict[UUID, str]:
    query = select(models.OrgUnit.id, models.OrgUnit.name).where(models.OrgUnit.id.in_(set(unit_ids)))
    return dict(tx.session.execute(query).all())


def active_units_by_code(tx: Transaction) -> dict[str, UUID]:
    query = select(models.OrgUnit.code, models.OrgUnit.id).where(models.OrgUnit.active)
    return dict(tx.session.execute(query).all())


def units_below(tx: Transaction, root: UUID) -> list[UUID]:
    """Return a unit and all units below it."""
    return list(tx.session.execute(_SUBTREE, {"root": root}).scalars())


def named_leaders(tx: Transaction) -> list[tuple[OrgUnit, UUID | None]]:
    """Return the active units whose leader a file named by number, with the person of that number if there is one."""
    query = (
        select(*_COLUMNS, models.EmployeeIdentifier.employee_id.label("person_id"))
        .outerjoin(models.EmployeeIdentifier, models.EmployeeIdentifier.value == models.OrgUnit.leader_nip)
        .where(models.OrgUnit.leader_nip.is_not(None), models.OrgUnit.active)
    )
    rows = tx.session.execute(query).all()
    return [(msgspec.convert(row, OrgUnit, from_attributes=True), row.person_id) for row in rows]


def save_units(tx: Transaction, units: Sequence[OrgUnit]) -> None:
    """Insert units of version 1 and update the others."""
    rows = [{**values_of(models.OrgUnit, unit), "agency_id": tx.agency_id, "updated_at": tx.now} for unit in units]
    insert_many(tx, models.OrgUnit, [{**row, "created_at": tx.now} for row in rows if row["version"] == 1])
    known = [row for row in rows if row["version"] > 1]
    # two units may change codes with each other on one day, and the database compares row by row
    update_many(tx, models.OrgUnit, "id", [{"id": row["id"], "code": str(row["id"])} for row in known])
    update_many(tx, models.OrgUnit, "id", known)


def remember_imported(tx: Transaction, units: Sequence[OrgUnit]) -> None:
    """Save what a file held of these units, though nothing of it changes them."""
    rows = [
        {name: values_of(models.OrgUnit, unit)[name] for name in ("id", "imported", "leader_nip")} for unit in units
    ]
    update_many(tx, models.OrgUnit, "id", rows)


def list_tree(tx: Transaction, query: ListOrgUnits) -> Page[OrgUnitView]:
    """Return units in the order of the tree, as they are or as they stand on any day."""
    after = query.page.position
    parameters: dict[str, Any] = {
        "after": [str(code) for code in after] if after else None,
        "inactive": query.inactive,
        "limit": query.page.limit + 1,
    }
    base, roots = _TODAY, _TOPS
    if query.below is not None:
        roots, parameters["root"] = "unit_id = :root", query.below
    if query.as_of is not None:
        base, parameters["as_of"] = _ON_A_DAY, query.as_of
    rows = tx.session.execute(text(_TREE.format(base=base, roots=roots)), parameters)
    found = [msgspec.convert(row, OrgUnitView, from_attributes=True) for row in rows]
    return page_of(found, query.page, lambda unit: unit.path)
