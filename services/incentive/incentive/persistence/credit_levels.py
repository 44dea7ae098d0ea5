"""The jenjangs for which somebody's months give credit."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.unit_of_work import Transaction
from directory.people import PositionLevel
from incentive.domain.months import last_day
from incentive.persistence.month_stretches import times_between
from incentive.persistence.reference import credit_months


def credit_levels(tx: Transaction, employee_id: UUID, months: Sequence[date]) -> list[PositionLevel | None]:
    """Return the jenjang for which each of these months counts, None where it does not; the months are of one year."""
    rule, _ = credit_months(tx, last_day(months[-1]))
    time = times_between(tx, [employee_id], months[0], last_day(months[-1])).get(employee_id)
    return [rule.level_of(time.stretches, month) if time else None for month in months]
