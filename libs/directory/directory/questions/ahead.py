"""What is known of days to come: when something becomes different, and for whom."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Date, Integer, Uuid, bindparam, or_, select

from chassis.records import AnySelect
from chassis.unit_of_work import Transaction
from directory import models
from directory.questions.parts import DAY, asked_for, distinct


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
