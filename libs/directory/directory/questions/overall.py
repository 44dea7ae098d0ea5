"""Questions about the whole agency on a day: all of its units, and how many people each of them has."""

from collections.abc import Collection
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.records import AnySelect, columns_of
from chassis.unit_of_work import Transaction
from directory import models
from directory.questions.parts import holds_on
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


def headcounts_on(tx: Transaction, day: date, status: Collection[str]) -> dict[UUID, int]:
    """Return how many people with one of these statuses each unit has itself on a day; none where there are none."""
    rows = tx.session.execute(_count_query(), {"day": day, "status": list(status)})
    return {row.unit_id: row.people for row in rows}


@cache
def _count_query() -> AnySelect:
    stretch = models.Stretch
    wanted = stretch.status == any_(bindparam("status", type_=ARRAY(Text)))
    return (
        select(stretch.unit_id, func.count().label("people")).where(holds_on(stretch), wanted).group_by(stretch.unit_id)
    )
