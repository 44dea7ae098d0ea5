"""The time of a period where the agency is: one rule for whatever happens at a moment."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from appraisal.domain.deadlines import start_of_day


class Days(Protocol):
    """Days of one period: all of it, or those until a move."""

    @property
    def year(self) -> int: ...
    @property
    def quarter(self) -> int | None: ...
    @property
    def month(self) -> int | None: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...


@dataclass(frozen=True)
class Span:
    """The moments from one on until just before another."""

    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, days: Days, time_zone: str) -> "Span":
        """Return theirs: from the midnight of its first day until just before the one after its last day."""
        after = days.last_day + timedelta(days=1)
        return cls(start_of_day(days.first_day, time_zone), start_of_day(after, time_zone))

    def contains(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends
