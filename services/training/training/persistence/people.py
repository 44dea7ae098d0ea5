"""What training asks of the directory: people and their posts on a day, units, and whose rows a list shows."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute

from chassis.records import AnySelect, among
from chassis.unit_of_work import Transaction
from directory import models
from directory.questions import (
    leads_on_each,
    people_on,
    subordinates_on_each,
    superiors_on,
    today,
    units_below_each,
)
from directory.timelines import Stretch
from training.domain.people import Employee, Scope

_PERSON = models.Stretch.employee_id


def find_employee(tx: Transaction, employee_id: UUID) -> Employee | None:
    """Return what a person is today, or None when no event has brought them: people of other agencies too."""
    day = today(tx)
    found = people_on(tx, [employee_id], day)
    if employee_id in found.unknown:
        return None
    superior = superiors_on(tx, [employee_id], day).known.get(employee_id)
    return Employee.of(employee_id, found.known[employee_id], superior.superior_id if superior else None)


def stretch_on(tx: Transaction, employee_id: UUID, day: date) -> Stretch | None:
    """Return what a person is on a day; None also for who is not known."""
    return people_on(tx, [employee_id], day).known.get(employee_id)


def service_start(tx: Transaction, employee_id: UUID) -> date | None:
    """Return the first day of a person's service, be it in another agency; None for who is not known."""
    query = select(models.Person.service_start).where(models.Person.employee_id == employee_id)
    return tx.session.scalar(query)


def people_in_post(tx: Transaction, position_code: str, day: date, after: UUID | None, limit: int) -> list[UUID]:
    """Return up to `limit` people who are in a post on a day, by id, that come after a person."""
    stretch = models.Stretch
    holds = (stretch.first_day <= day, or_(stretch.last_day.is_(None), stretch.last_day >= day))
    query = select(_PERSON).where(stretch.position_code == position_code, *holds)
    if after is not None:
        query = query.where(after < _PERSON)
    return list(tx.session.scalars(query.order_by(_PERSON).limit(limit)))


def units_below(tx: Transaction, unit_id: UUID) -> frozenset[UUID]:
    """Return a unit and all units under it today; the unit itself also when no event has brought it yet."""
    return units_below_each(tx, [unit_id], today(tx)).known.get(unit_id, frozenset()) | {unit_id}


def units_led_by(tx: Transaction, employee_id: UUID) -> set[UUID]:
    """Return the units that somebody leads today, in their own or in another's place."""
    led = leads_on_each(tx, [employee_id], today(tx)).known.get(employee_id, ())
    return {one.unit_id for one in led}


def team_of(tx: Transaction, appraiser_id: UUID) -> frozenset[UUID]:
    """Return the people whom somebody appraises today, without those for whom another stands in."""
    found = subordinates_on_each(tx, [appraiser_id], today(tx)).known.get(appraiser_id, ())
    return frozenset(one.employee_id for one in found if one.substitute_id in {None, appraiser_id})


def within(query: AnySelect, column: InstrumentedAttribute[UUID], scope: Scope) -> AnySelect:
    """Narrow a query over rows about people to a scope; `column` names the person."""
    return query if scope.people is None else query.where(among(column, scope.people))
