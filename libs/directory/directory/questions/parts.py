"""What the statements of the questions are made of. Each statement is built once and executed with values."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Subquery,
    Uuid,
    and_,
    bindparam,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import LateralFromClause, TableValuedAlias

from chassis.records import AnySelect
from chassis.unit_of_work import Transaction
from directory import models
from directory.answers import Answers, Capacity
from directory.timelines import ACTIVE, LEFT_SERVICE, Scope

T = TypeVar("T")
Key = ColumnElement[Any] | InstrumentedAttribute[Any]
DAY = bindparam("day", type_=Date)


def asked_for() -> TableValuedAlias:
    """Return the ids asked for as a table with a column `id`."""
    ids = func.unnest(bindparam("asked", type_=ARRAY(Uuid)))
    return ids.table_valued(column("id", Uuid)).render_derived(name="asked")


def each(query: AnySelect, name: str) -> LateralFromClause:
    """Return a query that names `asked`, to be executed for each of its rows by an index.

    OFFSET 0 leaves the planner no other way: of a table that was not analysed since it grew it expects a few rows, and
    would read all of it for the people asked for.
    """
    return query.offset(literal_column("0")).lateral(name)


def distinct(asked: Iterable[UUID]) -> list[UUID]:
    return list(dict.fromkeys(asked))


def holds_on(table: Any, day: ColumnElement[Any] = DAY) -> ColumnElement[bool]:
    """Return the condition that a row holds on the day asked for."""
    return and_(table.first_day <= day, or_(table.last_day.is_(None), table.last_day >= day))


def in_service(stretch: Any) -> ColumnElement[bool]:
    is_there: ColumnElement[bool] = stretch.status.not_in(LEFT_SERVICE)
    return is_there


class OfficialOfEach:
    """An employee or an external official, looked up for each of those asked for.

    By the indexes, whatever the planner knows of the tables.
    """

    def __init__(self, key: Key, name: str) -> None:
        person, stretch, external = aliased(models.Person), aliased(models.Stretch), aliased(models.ExternalOfficial)
        office = select(external.official_id, external.first_day, external.last_day)
        held = select(stretch.status, stretch.superior_id).where(stretch.employee_id == key, holds_on(stretch))
        self._parts = (
            each(select(person.employee_id).where(person.employee_id == key), f"{name}_person"),
            each(held, f"{name}_stretch"),
            each(office.where(external.official_id == key), f"{name}_external"),
        )
        self.person, self.stretch, self.external = (part.c for part in self._parts)

    def join(self, joined: FromClause) -> FromClause:
        for part in self._parts:
            joined = joined.outerjoin(part, true())
        return joined

    @property
    def is_known(self) -> ColumnElement[bool]:
        return or_(self.person.employee_id.is_not(None), self.is_external)

    @property
    def is_external(self) -> ColumnElement[bool]:
        is_external: ColumnElement[bool] = self.external.official_id.is_not(None)
        return is_external

    @property
    def is_reachable(self) -> ColumnElement[bool]:
        return func.coalesce(self.stretch.status == ACTIVE, holds_on(self.external), false())

    @property
    def has_place(self) -> ColumnElement[bool]:
        """The condition that they belong to the agency, be it on leave, or hold an office outside it."""
        return or_(func.coalesce(in_service(self.stretch), false()), func.coalesce(holds_on(self.external), false()))


def substitution_for(holder: Key, scope: Scope, *others: Key) -> LateralFromClause:
    """Return the substitution by which somebody has a duty of the holder towards the first of `others`.

    It is never one of `others`: nobody is their own superior. One that names the person goes before one for all, then
    the one that began later.
    """
    found = models.Substitution
    query = select(found.substitution_id, found.kind, found.substitute_id).where(
        found.in_place_of_id == holder, in_force(found, scope), *(found.substitute_id != one for one in others)
    )
    if others:
        query = query.where(or_(found.employee_ids.is_(None), others[0] == func.any(found.employee_ids)))
    order = (found.employee_ids.is_(None), found.first_day.desc(), found.substitution_id)
    return query.order_by(*order).limit(1).lateral("substitution")


def in_force(found: Any, scope: Scope) -> ColumnElement[bool]:
    return and_(holds_on(found), found.withdrawn.is_(false()), found.scope.contains([scope.value]))


def holders(scope: Scope) -> Subquery:
    """Return each one asked for as `id` with themselves and those in whose place they may stand as `holder_id`."""
    own, other, found = asked_for(), asked_for(), models.Substitution
    in_place = select(other.c.id, found.in_place_of_id).join(found, found.substitute_id == other.c.id)
    return union(select(own.c.id, own.c.id.label("holder_id")), in_place.where(in_force(found, scope))).subquery(
        "holders"
    )


def with_answers(found: Subquery) -> AnySelect:
    """Return each one asked for as `id`, whether they are known, and the rows of `found` with their `id`, in order."""
    asked, person, external = asked_for(), models.Person, models.ExternalOfficial
    joined = (
        asked.outerjoin(person, person.employee_id == asked.c.id)
        .outerjoin(external, external.official_id == asked.c.id)
        .outerjoin(found, found.c.id == asked.c.id)
    )
    is_external = external.official_id.is_not(None)
    is_known = or_(person.employee_id.is_not(None), is_external)
    named = [one for one in found.c if one.name != "id"]
    query = select(asked.c.id, is_known.label("is_known"), is_external.label("external"), *named)
    return query.select_from(joined).order_by(asked.c.id, found.c.item_id)


def answer_each(
    tx: Transaction, query: AnySelect, asked: Iterable[UUID], day: date, make: Callable[[Any], T]
) -> Answers[tuple[T, ...]]:
    """Execute a statement of `with_answers` and make an answer's item of each of its rows."""
    known: defaultdict[UUID, list[T]] = defaultdict(list)
    unknown = {}
    for row in tx.session.execute(query, {"asked": distinct(asked), "day": day}):
        if not row.is_known:
            unknown[row.id] = row.id
        elif row.item_id is None:
            known[row.id] = []
        else:
            known[row.id].append(make(row))
    return Answers({one: tuple(items) for one, items in known.items()}, unknown)


def own_capacity(row: Any) -> Capacity:
    """Return the capacity of the one asked for, who is the holder or stands in for them."""
    return Capacity.of(None if row.id == row.holder_id else row.kind, external=row.external)
