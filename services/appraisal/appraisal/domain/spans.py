"""The time of a period where the agency is: one rule for whatever happens at a moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from appraisal.domain.deadlines import start_of_day
from appraisal.domain.periods import Period


@dataclass(frozen=True)
class Span:
    """The moments from one on until just before another."""

    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, period: Period, time_zone: str) -> "Span":
        """Return a period's: from the midnight of its first day until just before the one after its last day."""
        after = period.last_day + timedelta(days=1)
        return cls(start_of_day(period.first_day, time_zone), start_of_day(after, time_zone))

    def contains(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends
