"""What was recorded of units, and the timelines that follow: every stretch of every unit, past, present and to come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, delete, or_, select, update

from chassis.records import among, columns_of, fetch_all, values_of
from chassis.unit_of_work import Transaction
from personnel.domain.unit_timeline import UnitRecord, UnitState, UnitStretch
from personnel.persistence import models
from personnel.persistence.bulk import insert_many

_RECORDS = columns_of(models.UnitRecord, UnitRecord)
_STRETCHES = columns_of(models.OrgUnitStretch, UnitStretch)
_STATE = tuple(item.name for item in fields(UnitState))


def unit_records(tx: Transaction, unit_ids: Iterable[UUID]) -> dict[UUID, list[UnitRecord]]:
    """Return what was recorded of these units in the order of recording, by unit."""
    query = select(*_RECORDS).where(among(models.UnitRecord.unit_id, unit_ids)).order_by(models.UnitRecord.id)
    found: dict[UUID, list[UnitRecord]] = defaultdict(list)
    for one in fetch_all(tx, query, UnitRecord):
        found[one.unit_id].append(one)
    return found


def add_unit_records(tx: Transaction, records: Sequence[UnitRecord]) -> None:
    """Store new records in this order."""
    rows = [{**values_of(models.UnitRecord, one), "agency_id": tx.agency_id} for one in records]
    insert_many(tx, models.UnitRecord, [{name: row[name] for name in row if name != "id"} for row in rows])


def save_withdrawal(tx: Transaction, record: UnitRecord) -> None:
    """Store who withdrew a record, when and why."""
    withdrawal = {name: getattr(record, name) for name in ("withdrawn_at", "withdrawn_by", "withdrawal_reason")}
    tx.session.execute(update(models.UnitRecord).where(models.UnitRecord.id == record.id).values(withdrawal))


def timelines_of(tx: Transaction, unit_ids: Iterable[UUID]) -> dict[UUID, list[UnitStretch]]:
    """Return the stretches of these units by day; a unit without any has an empty list."""
    return _by_unit(tx, among(models.OrgUnitStretch.unit_id, unit_ids))


def all_timelines(tx: Transaction) -> dict[UUID, list[UnitStretch]]:
    """Return the stretches of all units of the agency."""
    return _by_unit(tx)


def timelines_upward(tx: Transaction, unit_ids: Iterable[UUID]) -> dict[UUID, list[UnitStretch]]:
    """Return the stretches of these units and of all that stand above them on some day; a statement for each level."""
    found: dict[UUID, list[UnitStretch]] = {}
    wanted = set(unit_ids)
    while wanted:
        timelines = timelines_of(tx, wanted)
        found |= {one: timelines[one] for one in wanted}
        parents = {one.parent_id for unit in wanted for one in found[unit] if one.parent_id is not None}
        wanted = parents - found.keys()
    return found


def timelines_with_code(tx: Transaction, codes: Iterable[str]) -> dict[UUID, list[UnitStretch]]:
    """Return the stretches on which a unit has one of these codes."""
    return _by_unit(tx, among(models.OrgUnitStretch.code, codes))


def planned_codes(tx: Transaction, today: date) -> set[str]:
    """Return the codes that some unit is to have on a day to come."""
    stretch = models.OrgUnitStretch
    return set(tx.session.scalars(select(stretch.code).where(stretch.first_day > today)))


def timelines_below(tx: Transaction, parent_id: UUID, first_day: date) -> dict[UUID, list[UnitStretch]]:
    """Return the stretches, from a day on, on which an active unit stands directly under this one."""
    stretch = models.OrgUnitStretch
    on_time = or_(stretch.last_day.is_(None), stretch.last_day >= first_day)
    return _by_unit(tx, stretch.parent_id == parent_id, stretch.active.is_(True), on_time)


def save_timelines(tx: Transaction, timelines: Mapping[UUID, Sequence[UnitStretch]]) -> None:
    """Replace all stretches of these units."""
    tx.session.execute(delete(models.OrgUnitStretch).where(among(models.OrgUnitStretch.unit_id, timelines)))
    rows = [
        {**values_of(models.OrgUnitStretch, one), "unit_id": unit_id, "agency_id": tx.agency_id}
        for unit_id, stretches in timelines.items()
        for one in stretches
    ]
    insert_many(tx, models.OrgUnitStretch, rows)


def units_out_of_date(tx: Transaction, day: date) -> list[UUID]:
    """Return the units whose row does not say what holds on a day, by id."""
    unit, stretch = models.OrgUnit, models.OrgUnitStretch
    differs = or_(*(getattr(unit, name).is_distinct_from(getattr(stretch, name)) for name in _STATE))
    query = select(unit.id).join(stretch, stretch.unit_id == unit.id).where(*_holds_on(day), differs)
    return list(tx.session.scalars(query.order_by(unit.id)))


def _holds_on(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    stretch = models.OrgUnitStretch
    return stretch.first_day <= day, or_(stretch.last_day.is_(None), stretch.last_day >= day)


def _by_unit(tx: Transaction, *conditions: ColumnElement[bool]) -> dict[UUID, list[UnitStretch]]:
    query = select(models.OrgUnitStretch.unit_id, *_STRETCHES).where(*conditions)
    found: dict[UUID, list[UnitStretch]] = defaultdict(list)
    for row in tx.session.execute(query.order_by(models.OrgUnitStretch.unit_id, models.OrgUnitStretch.first_day)):
        found[row.unit_id].append(msgspec.convert(row, UnitStretch, from_attributes=True))
    return found
