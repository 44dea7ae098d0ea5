"""Questions about the whole agency on a day: all of its units, and which people each of them has, or how many."""

from collections.abc import Collection
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.records import AnySelect, columns_of
from chassis.unit_of_work import Transaction
from directory import models
from directory.questions.parts import holds_on, in_service
from directory.timelines import UnitStretch

_STRETCH = columns_of(models.UnitStretch, UnitStretch)


def all_units_on(tx: Transaction, day: date) -> dict[UUID, UnitStretch]:
    """Return every unit that is there on a day, closed ones too. Who has not arrived yet is not among them."""
    rows = tx.session.execute(_units_query(), {"day": day})
    return {unit: UnitStretch(*stretch) for unit, *stretch in rows}


@cache
def _units_query() -> AnySelect:
    unit = models.UnitStretch
    return select(unit.unit_id, *_STRETCH).where(holds_on(unit))


def headcounts_on(
    tx: Transaction, units: Collection[UUID] | None, day: date, status: Collection[str] | None = None
) -> dict[UUID, int]:
    """Return how many people each of these units has itself on a day, or each of the agency; none where there are none.

    Counted are those in service, or those with one of these statuses.
    """
    wanted = {name: list(those) for name, those in (("units", units), ("status", status)) if those is not None}
    rows = tx.session.execute(_count_query(units is not None, status is not None), {"day": day, **wanted})
    return {row.unit_id: row.people for row in rows}


def members_on(tx: Transaction, day: date, status: Collection[str]) -> dict[UUID, list[UUID]]:
    """Return the people with one of these statuses of every unit, without those below; none where there are none."""
    rows = tx.session.execute(_members_query(), {"day": day, "status": list(status)})
    return {row.unit_id: row.people for row in rows}


@cache
def _members_query() -> AnySelect:
    stretch = models.Stretch
    counted = stretch.status == any_(bindparam("status", type_=ARRAY(Text)))
    query = select(stretch.unit_id, func.array_agg(stretch.employee_id).label("people"))
    return query.where(holds_on(stretch), counted).group_by(stretch.unit_id)


@cache
def _count_query(of_units: bool, of_statuses: bool) -> AnySelect:
    stretch = models.Stretch
    counted = stretch.status == any_(bindparam("status", type_=ARRAY(Text))) if of_statuses else in_service(stretch)
    query = select(stretch.unit_id, func.count().label("people")).where(holds_on(stretch), counted)
    if of_units:
        query = query.where(stretch.unit_id == any_(bindparam("units", type_=ARRAY(Uuid))))
    return query.group_by(stretch.unit_id)
