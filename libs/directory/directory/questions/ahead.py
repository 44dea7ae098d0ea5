"""What is known of days to come: when something becomes different, and for whom."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import CompoundSelect, Date, Integer, Uuid, bindparam, or_, select, union

from chassis.records import AnySelect
from chassis.unit_of_work import Transaction
from directory import models
from directory.questions.parts import DAY, asked_for, distinct
from directory.timelines import ONE_DAY


def days_ahead(tx: Transaction, people: Iterable[UUID], after: date) -> list[date]:
    """Return the days after a day on which something of these people becomes different."""
    return list(tx.session.scalars(_days_query(), {"asked": distinct(people), "after": after}))


@cache
def _days_query() -> AnySelect:
    asked, stretch = asked_for(), models.Stretch
    query = select(stretch.first_day).join(asked, asked.c.id == stretch.employee_id)
    return query.where(stretch.first_day > bindparam("after", type_=Date)).distinct().order_by(stretch.first_day)


def people_changing_on(tx: Transaction, day: date, after: UUID | None, limit: int) -> list[UUID]:
    """Return up to `limit` people of whom something becomes different on a day, by id, that come after a person."""
    return list(tx.session.scalars(_changing_query(), {"day": day, "after": after, "limit": limit}))


@cache
def _changing_query() -> AnySelect:
    person, after = models.Stretch.employee_id, bindparam("after", type_=Uuid)
    query = select(person).where(models.Stretch.first_day == DAY, or_(after.is_(None), person > after))
    return query.order_by(person).limit(bindparam("limit", type_=Integer))


def offices_changing_on(tx: Transaction, day: date) -> frozenset[UUID]:
    """Return the officials from outside, and those in whose place others stand, whose days begin or end on a day.

    They end on the day after their last one.
    """
    return frozenset(tx.session.scalars(_offices_query(), {"day": day, "last": day - ONE_DAY}))


@cache
def _offices_query() -> CompoundSelect[UUID]:
    external, substitution, last = models.ExternalOfficial, models.Substitution, bindparam("last", type_=Date)
    return union(
        select(external.official_id).where(or_(external.first_day == DAY, external.last_day == last)),
        select(substitution.in_place_of_id).where(or_(substitution.first_day == DAY, substitution.last_day == last)),
    )
