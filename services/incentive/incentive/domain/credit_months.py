"""Which months of a year give credit: those with days on which somebody is evaluated.

Unpaid leave (CLTN) and suspension have no evaluation for their months, and study leave (tugas belajar) is evaluated by
the progress of the study: which of them give no credit, and how many days a month needs, is dated reference data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.errors import FieldError, InvalidInput
from directory.people import EmployeeStatus, PositionLevel
from incentive.domain.months import last_day
from incentive.domain.person import PersonStretch

LONGEST_MONTH = 31


@dataclass(frozen=True)
class CreditMonths:
    """A month counts with so many days in service on which the status is none of `without_credit`."""

    without_credit: frozenset[EmployeeStatus]
    least_days: int

    def level_of(self, stretches: Sequence[PersonStretch], month: date) -> PositionLevel | None:
        """Return the jenjang for which a month counts: that of its last day that does. None where it does not."""
        counting = [one for one in stretches if one.in_service and one.status not in self.without_credit]
        days = [(one.days_in(month, last_day(month)), one.position_level) for one in counting]
        held = [level for number, level in days if number]
        return held[-1] if held and sum(number for number, _ in days) >= self.least_days else None


def credit_months_from(data: Mapping[str, Any]) -> CreditMonths:
    """Read the reference set CREDIT_MONTHS. Raise InvalidInput for a number of days that no month has."""
    days = int(data["least_days"])
    if not 1 <= days <= LONGEST_MONTH:
        raise InvalidInput(errors=[FieldError("data.least_days", "days_out_of_range", days, "1 sampai dengan 31")])
    return CreditMonths(frozenset(map(EmployeeStatus, data["without_credit"])), days)
