"""The jenjangs for which people's months give credit."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from chassis.unit_of_work import Transaction
from directory.people import PositionLevel
from incentive.domain.months import last_day
from incentive.persistence.month_stretches import times_between
from incentive.persistence.reference import credit_months


def credit_levels(
    tx: Transaction, ids: Collection[UUID], months: Sequence[date]
) -> dict[UUID, list[PositionLevel | None]]:
    """Return for each person the jenjang for which each of these months counts, None where it does not.

    The months are of one year.
    """
    rule, _ = credit_months(tx, last_day(months[-1]))
    times = times_between(tx, list(ids), months[0], last_day(months[-1]))
    return {
        one: [rule.level_of(times[one].stretches, month) if one in times else None for month in months] for one in ids
    }
