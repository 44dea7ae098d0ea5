"""People and units as incentive asks the directory for them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from chassis.clock import today_in
from chassis.errors import NotFound
from chassis.records import among
from chassis.unit_of_work import Transaction
from directory import models, questions
from directory.answers import NotKnownYet
from directory.people import PositionLevel
from directory.timelines import Period, Stretch
from disclosure.units import UnitTree
from incentive.persistence import models as models_of_pay

DEFAULT_ZONE = "Asia/Jakarta"
_PERSON = models.Person


def today_of(tx: Transaction) -> date:
    """Return the calendar day in the agency's time zone; in that of Jakarta until personnel has published it."""
    try:
        return questions.today(tx)
    except NotKnownYet:
        return today_in(tx.now, DEFAULT_ZONE)


def require_employee(tx: Transaction, employee_id: UUID) -> None:
    """Raise NotFound unless this agency has the employee."""
    if not known_employees(tx, [employee_id]):
        raise NotFound(object="pegawai", id=employee_id)


def known_employees(tx: Transaction, ids: Iterable[UUID]) -> set[UUID]:
    """Return those of `ids` that this agency has."""
    return set(tx.session.scalars(select(_PERSON.employee_id).where(among(_PERSON.employee_id, ids))))


def stretch_on(tx: Transaction, employee_id: UUID, day: date) -> Stretch | None:
    """Return what a person was on a day; None also where the person has not arrived here."""
    return questions.people_on(tx, [employee_id], day).known.get(employee_id)


def level_on(tx: Transaction, employee_id: UUID, day: date) -> PositionLevel | None:
    """Return the jenjang held on a day."""
    stretch = stretch_on(tx, employee_id, day)
    return PositionLevel(stretch.position_level) if stretch and stretch.position_level else None


def stretches_from(tx: Transaction, ids: Iterable[UUID], day: date) -> dict[UUID, tuple[Stretch, ...]]:
    """Return what these people are on a day and will be by what is known ahead; those not known are left out."""
    known = questions.stretches_each(tx, ids, Period(day, date.max)).known
    return {employee_id: found for employee_id, found in known.items() if found}


def service_starts(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, date]:
    query = select(_PERSON.employee_id, _PERSON.service_start).where(among(_PERSON.employee_id, ids))
    return {row.employee_id: row.service_start for row in tx.session.execute(query)}


def not_arrived(tx: Transaction, month: date) -> list[UUID]:
    """Return those who have lines for a month and whose timeline has not arrived here (yet)."""
    line = models_of_pay.AllowanceLine
    known = select(_PERSON.employee_id).where(_PERSON.employee_id == line.employee_id).exists()
    query = select(line.employee_id).distinct().where(line.month == month, ~known)
    return list(tx.session.scalars(query.order_by(line.employee_id)))


def next_employees(tx: Transaction, after: UUID | None, limit: int) -> list[UUID]:
    """Return the next people in the order of their ids."""
    query = select(_PERSON.employee_id)
    if after is not None:
        query = query.where(_PERSON.employee_id > after)
    return list(tx.session.scalars(query.order_by(_PERSON.employee_id).limit(limit)))


def count_employees(tx: Transaction) -> int:
    return tx.session.execute(select(func.count()).select_from(_PERSON)).scalar_one()


def require_unit(tx: Transaction, unit_id: UUID, day: date) -> None:
    """Raise NotFound unless this agency has the unit."""
    if unit_id not in questions.units_on(tx, [unit_id], day).known:
        raise NotFound(object="unit kerja", id=unit_id)


def unit_tree_on(tx: Transaction, day: date) -> UnitTree:
    return UnitTree({unit_id: unit.parent_id for unit_id, unit in questions.all_units_on(tx, day).items()})


def leads_person(tx: Transaction, leader: UUID, employee_id: UUID) -> bool:
    """Return whether somebody is a person's superior today, or leads the person's unit or one above it."""
    day = today_of(tx)
    superior = questions.superiors_on(tx, [employee_id], day).known.get(employee_id)
    if superior is not None and leader in {superior.superior_id, superior.holder_id}:
        return True
    stretch = stretch_on(tx, employee_id, day)
    if stretch is None:
        return False
    led = {one.unit_id for one in questions.leads_on_each(tx, [leader], day).known.get(leader, ())}
    return not led.isdisjoint(questions.units_above_each(tx, [stretch.unit_id], day).known.get(stretch.unit_id, ()))
