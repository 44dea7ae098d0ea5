"""The stretches of people in a period, as pay and credit see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis.records import among
from chassis.unit_of_work import Transaction
from directory import models, questions
from directory.people import EmployeeStatus, EmploymentType, PositionLevel
from directory.timelines import Period, Stretch
from incentive.domain.person import PersonStretch


@dataclass(frozen=True)
class PersonTime:
    """A person in a period, and the version of the timeline that it was read from."""

    stretches: tuple[PersonStretch, ...]
    timeline_version: int


def times_between(tx: Transaction, ids: Sequence[UUID], since: date, until: date) -> dict[UUID, PersonTime]:
    """Return what these people were from a day to a day, both included; those not known are left out."""
    person = models.Person
    query = select(person.employee_id, person.version).where(among(person.employee_id, ids))
    versions = {row.employee_id: row.version for row in tx.session.execute(query)}
    known = questions.stretches_each(tx, ids, Period(since, until)).known
    return {
        employee_id: PersonTime(tuple(_stretch(one, until) for one in stretches), versions[employee_id])
        for employee_id, stretches in known.items()
    }


def _stretch(stretch: Stretch, until: date) -> PersonStretch:
    return PersonStretch(
        first_day=stretch.first_day,
        last_day=stretch.last_day or until,
        status=EmployeeStatus(stretch.status),
        employment_type=EmploymentType(stretch.employment_type),
        job_class=stretch.job_class,
        unit_id=stretch.unit_id,
        position_level=PositionLevel(stretch.position_level) if stretch.position_level else None,
    )
