"""Who works directly in a unit on which days, as far as it is recorded: past, today and planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis.unit_of_work import Transaction
from personnel.domain.unit_members import Member, positions_in
from personnel.persistence import models
from personnel.persistence.employees import IN_SERVICE
from personnel.persistence.records import records_of_many


@dataclass(frozen=True)
class Members:
    """The people found among the candidates, and the last candidate that was looked at; None: there was none."""

    people: Sequence[Member]
    last: UUID | None


def find_members(
    tx: Transaction, unit_id: UUID, first_day: date, *, after: UUID | None = None, limit: int | None = None
) -> Members:
    """Return those in service who work in a unit on some day from `first_day` on, by id.

    `limit` bounds the candidates after the person `after`: all who were ever given a position there.
    """
    record, employee = models.PositionRecord, models.Employee
    query = (
        select(employee.id)
        .join(record, record.employee_id == employee.id)
        .where(record.unit_id == unit_id, IN_SERVICE)
        .group_by(employee.id)
        .order_by(employee.id)
        .limit(limit)
    )
    candidates = list(tx.session.scalars(query if after is None else query.where(employee.id > after)))
    records = records_of_many(tx, candidates)
    found = [Member(one, positions_in(records[one].positions, unit_id, first_day)) for one in candidates]
    return Members([one for one in found if one.positions], candidates[-1] if candidates else None)
