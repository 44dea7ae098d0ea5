"""Units and the tree of a day: what a unit was, what is below it, who leads which."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import and_, func, or_, select, true

from chassis.records import AnySelect, columns_of
from chassis.unit_of_work import Transaction
from directory import models
from directory.answers import Answers, LedUnit
from directory.questions.parts import (
    answer_each,
    asked_for,
    distinct,
    holders,
    holds_on,
    own_capacity,
    substitution_for,
    with_answers,
)
from directory.timelines import Scope, UnitStretch

_STRETCH = columns_of(models.UnitStretch, UnitStretch)


def unit_on(tx: Transaction, unit_id: UUID, day: date) -> UnitStretch | None:
    """Return what a unit was on a day; None before the first and after the last. Raise NotKnownYet."""
    return units_on(tx, [unit_id], day).of(unit_id)


def units_on(tx: Transaction, units: Iterable[UUID], day: date) -> Answers[UnitStretch | None]:
    """Answer `unit_on` of many units."""
    known: dict[UUID, UnitStretch | None] = {}
    unknown = {}
    for asked, unit, *stretch in tx.session.execute(_units_query(), {"asked": distinct(units), "day": day}):
        if unit is None:
            unknown[asked] = asked
        else:
            known[asked] = UnitStretch(*stretch) if stretch[0] is not None else None
    return Answers(known, unknown)


@cache
def _units_query() -> AnySelect:
    asked, unit, stretch = asked_for(), models.Unit, models.UnitStretch
    joined = asked.outerjoin(unit, unit.unit_id == asked.c.id)
    joined = joined.outerjoin(stretch, and_(stretch.unit_id == unit.unit_id, holds_on(stretch)))
    return select(asked.c.id, unit.unit_id, *_STRETCH).select_from(joined)


def units_below(tx: Transaction, unit_id: UUID, day: date) -> frozenset[UUID]:
    """Return a unit and all units below it in the tree of a day, closed ones too. Raise NotKnownYet."""
    return units_below_each(tx, [unit_id], day).of(unit_id)


def units_below_each(tx: Transaction, units: Iterable[UUID], day: date) -> Answers[frozenset[UUID]]:
    """Answer `units_below` of many units."""
    asked = distinct(units)
    found = tx.session.execute(_below_query(), {"asked": asked, "day": day})
    known = {root: frozenset(below) for root, below in found}
    return Answers(known, {one: one for one in asked if one not in known})


@cache
def _below_query() -> AnySelect:
    asked, unit, child = asked_for(), models.Unit, models.UnitStretch
    roots = select(asked.c.id.label("root"), unit.unit_id).join(unit, unit.unit_id == asked.c.id)
    below = roots.cte("below", recursive=True)
    children = select(below.c.root, child.unit_id).join(child, child.parent_id == below.c.unit_id)
    # UNION, not UNION ALL: a circle in the tree ends
    below = below.union(children.where(holds_on(child)))
    return select(below.c.root, func.array_agg(below.c.unit_id)).group_by(below.c.root)


def units_above_each(tx: Transaction, units: Iterable[UUID], day: date) -> Answers[frozenset[UUID]]:
    """Return each of these units with all units above it in the tree of a day, closed ones too."""
    asked = distinct(units)
    found = tx.session.execute(_above_query(), {"asked": asked, "day": day})
    known = {unit: frozenset(above) for unit, above in found}
    return Answers(known, {one: one for one in asked if one not in known})


@cache
def _above_query() -> AnySelect:
    asked, unit, stretch = asked_for(), models.Unit, models.UnitStretch
    start = select(asked.c.id.label("start"), unit.unit_id).join(unit, unit.unit_id == asked.c.id)
    above = start.cte("above", recursive=True)
    parents = select(above.c.start, stretch.parent_id).join(stretch, stretch.unit_id == above.c.unit_id)
    # UNION, not UNION ALL: a circle in the tree ends
    above = above.union(parents.where(holds_on(stretch), stretch.parent_id.is_not(None)))
    return select(above.c.start, func.array_agg(above.c.unit_id)).group_by(above.c.start)


def leads_on(tx: Transaction, employee_id: UUID, day: date) -> tuple[LedUnit, ...]:
    """Return the active units that somebody leads on a day, also in another's place. Raise NotKnownYet.

    Those for which another stands in on that day are among them, with the substitute.
    """
    return leads_on_each(tx, [employee_id], day).of(employee_id)


def leads_on_each(tx: Transaction, leaders: Iterable[UUID], day: date) -> Answers[tuple[LedUnit, ...]]:
    """Answer `leads_on` of many people."""
    return answer_each(
        tx,
        _leads_query(),
        leaders,
        day,
        lambda row: LedUnit(row.item_id, own_capacity(row), row.holder_id, row.substitute_id),
    )


@cache
def _leads_query() -> AnySelect:
    duties, unit = holders(Scope.LEAD_UNIT), models.UnitStretch
    substitution = substitution_for(duties.c.holder_id, Scope.LEAD_UNIT)
    theirs = or_(duties.c.holder_id == duties.c.id, substitution.c.substitute_id == duties.c.id)
    led = (
        select(
            duties.c.id,
            unit.unit_id.label("item_id"),
            duties.c.holder_id,
            substitution.c.kind,
            substitution.c.substitute_id,
        )
        .join(unit, and_(unit.leader_id == duties.c.holder_id, holds_on(unit), unit.active))
        .outerjoin(substitution, true())
        .where(theirs)
    )
    return with_answers(led.subquery("led"))
