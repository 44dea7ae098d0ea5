"""Which days an agency works on: five or six days a week, without its holidays. Both are dated reference data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from chassis.errors import FieldError, InvalidInput

WEEKS = (5, 6)


@dataclass(frozen=True)
class WorkCalendar:
    days_per_week: int
    holidays: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < self.days_per_week and day not in self.holidays

    def working_days(self, first_day: date, last_day: date) -> int:
        """Count the working days from a day to a day, both included."""
        return _count_working_days(self, first_day, last_day)


# kept, because a run asks of everybody's month the same
@lru_cache(maxsize=1024)
def _count_working_days(calendar: WorkCalendar, first_day: date, last_day: date) -> int:
    days = (first_day + timedelta(days=offset) for offset in range((last_day - first_day).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def work_calendar_from(data: Mapping[str, Any]) -> WorkCalendar:
    """Read a calendar from reference data. Raise InvalidInput for a week of other than five or six days."""
    days = int(data["days_per_week"])
    if days not in WEEKS:
        raise InvalidInput(errors=[FieldError("data.days_per_week", "week_invalid", days, "5 atau 6 hari kerja")])
    return WorkCalendar(days, frozenset(date.fromisoformat(day) for day in data["holidays"]))
