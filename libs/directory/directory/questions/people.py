"""People's own time: what somebody was on a day, the stretches of a period, days counted, who is in a unit."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Uuid,
    any_,
    bindparam,
    func,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.selectable import LateralFromClause, TableValuedAlias

from chassis.pagination import Page, PageRequest, page_of
from chassis.records import AnySelect, columns_of
from chassis.unit_of_work import Transaction
from directory import models
from directory.answers import Answers, Member
from directory.questions.parts import asked_for, distinct, each, holds_on, in_service
from directory.timelines import Period, Stretch

_STRETCH = columns_of(models.Stretch, Stretch)
_FROM, _TO = bindparam("first", type_=Date), bindparam("last", type_=Date)


@dataclass(frozen=True)
class Where:
    """Which days count: those on which each column has one of the values. None: any value."""

    status: Collection[str] | None = None
    employment_type: Collection[str] | None = None
    unit_id: Collection[UUID] | None = None
    superior_id: Collection[UUID] | None = None
    position_code: Collection[str] | None = None
    position_kind: Collection[str] | None = None
    job_class: Collection[int] | None = None
    grade: Collection[str] | None = None


def person_on(tx: Transaction, employee_id: UUID, day: date) -> Stretch | None:
    """Return what a person was on a day; None before the first and after the last. Raise NotKnownYet."""
    return people_on(tx, [employee_id], day).of(employee_id)


def people_on(tx: Transaction, people: Iterable[UUID], day: date) -> Answers[Stretch | None]:
    """Answer `person_on` of many people."""
    found = stretches_each(tx, people, Period(day, day))
    return Answers({one: held[0] if held else None for one, held in found.known.items()}, found.unknown)


def stretches(tx: Transaction, employee_id: UUID, period: Period) -> tuple[Stretch, ...]:
    """Return the stretches with days in a period, whole, by first day. Raise NotKnownYet."""
    return stretches_each(tx, [employee_id], period).of(employee_id)


def stretches_each(tx: Transaction, people: Iterable[UUID], period: Period) -> Answers[tuple[Stretch, ...]]:
    """Answer `stretches` of many people."""
    known: defaultdict[UUID, list[Stretch]] = defaultdict(list)
    unknown = {}
    values = {"asked": distinct(people), "first": period.first_day, "last": period.last_day}
    for asked, person, *stretch in tx.session.execute(_stretches_query(), values):
        if person is None:
            unknown[asked] = asked
        elif stretch[0] is None:
            known[asked] = []
        else:
            known[asked].append(Stretch(*stretch))
    return Answers({asked: tuple(found) for asked, found in known.items()}, unknown)


@cache
def _stretches_query() -> AnySelect:
    asked = asked_for()
    known, held = _known(asked), _held(asked)
    query = select(asked.c.id, known.c.employee_id, *held.c)
    query = query.select_from(asked.outerjoin(known, true()).outerjoin(held, true()))
    return query.order_by(asked.c.id, held.c.first_day)


def _known(asked: TableValuedAlias) -> LateralFromClause:
    person = models.Person
    return each(select(person.employee_id).where(person.employee_id == asked.c.id), "known")


def _held(asked: TableValuedAlias, *conditions: ColumnElement[bool]) -> LateralFromClause:
    """Return the stretches of those asked for with days in the period."""
    stretch = models.Stretch
    within = (stretch.first_day <= _TO, or_(stretch.last_day.is_(None), stretch.last_day >= _FROM))
    return each(select(*_STRETCH).where(stretch.employee_id == asked.c.id, *within, *conditions), "held")


def days_in(tx: Transaction, employee_id: UUID, period: Period, where: Where | None = None) -> int:
    """Return how many calendar days of a period a person had of this kind. Raise NotKnownYet."""
    return days_in_each(tx, [employee_id], period, where).of(employee_id)


def days_in_each(tx: Transaction, people: Iterable[UUID], period: Period, where: Where | None = None) -> Answers[int]:
    """Answer `days_in` of many people."""
    wanted = {name: list(values) for name, values in vars(where or Where()).items() if values is not None}
    parameters = {"asked": distinct(people), "first": period.first_day, "last": period.last_day, **wanted}
    rows = tx.session.execute(_days_query(tuple(wanted)), parameters).all()
    known = {asked: int(days) for asked, person, days in rows if person is not None}
    return Answers(known, {asked: asked for asked, person, _ in rows if person is None})


@cache
def _days_query(columns: tuple[str, ...]) -> AnySelect:
    """Return the statement that counts the days on which these columns have one of the values asked for."""
    asked = asked_for()
    wanted = [getattr(models.Stretch, name) for name in columns]
    conditions = [column == any_(bindparam(column.key, type_=ARRAY(column.type))) for column in wanted]
    known, held = _known(asked), _held(asked, *conditions)
    counted = func.least(held.c.last_day, _TO) - func.greatest(held.c.first_day, _FROM)
    # LEAST and GREATEST leave out NULL, so a person without such days would count as all days
    total = func.sum(type_coerce(counted, Integer) + 1).filter(held.c.first_day.is_not(None))
    query = select(asked.c.id, known.c.employee_id, func.coalesce(total, 0))
    query = query.select_from(asked.outerjoin(known, true()).outerjoin(held, true()))
    return query.group_by(asked.c.id, known.c.employee_id)


def people_of(tx: Transaction, units: Iterable[UUID], day: date, page: PageRequest) -> Page[Member]:
    """Return a page of the people in service in any of these units on a day, by unit and person.

    Who has not arrived yet is in no page.
    """
    after_unit, after_person = page.after(UUID, UUID) or (None, None)
    position = {"after_unit": after_unit, "after_person": after_person, "limit": page.limit + 1}
    rows = tx.session.execute(_people_query(), {"asked": list(units), "day": day, **position})
    found = [Member(person, Stretch(*stretch)) for person, *stretch in rows]
    return page_of(found, page, lambda one: (one.stretch.unit_id, one.employee_id))


@cache
def _people_query() -> AnySelect:
    """Return the statement of a page: unit by unit, so that it costs no more when there are many units."""
    asked, stretch, limit = asked_for(), models.Stretch, bindparam("limit", type_=Integer)
    after_unit, after_person = bindparam("after_unit", type_=Uuid), bindparam("after_person", type_=Uuid)
    remaining = or_(after_unit.is_(None), asked.c.id >= after_unit)
    ordered = select(asked.c.id).where(remaining).distinct().order_by(asked.c.id).subquery("ordered")
    here = (stretch.unit_id == ordered.c.id, holds_on(stretch), in_service(stretch))
    later = or_(after_unit.is_(None), ordered.c.id > after_unit, stretch.employee_id > after_person)
    within = select(stretch.employee_id, *_STRETCH).where(*here, later).order_by(stretch.employee_id).limit(limit)
    members = within.correlate(ordered).lateral("members")
    query = select(*members.c).select_from(ordered.join(members, true()))
    return query.order_by(ordered.c.id, members.c.employee_id).limit(limit)
