"""The cycle of a year: its periods as rows, with the days in which each may be rated."""

from dataclasses import dataclass
from datetime import date

from appraisal.domain.periods import Period, Window


@dataclass(frozen=True)
class PeriodRow:
    """A period of an agency's year; `closes_on` is the last day of its window, extensions included."""

    period: Period
    first_day: date
    last_day: date
    opens_on: date
    closes_on: date

    @property
    def window(self) -> Window:
        return Window(self.opens_on, self.closes_on)
