"""Quarters and years, and when they may be rated. Today, and the agency's time zone, are arguments."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from appraisal.domain.values import EvaluationKind

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Period:
    """A quarter, or a year when there is no quarter."""

    year: int
    quarter: int | None = None

    def __str__(self) -> str:
        return f"{self.year}" if self.quarter is None else f"{self.year} triwulan {self.quarter}"

    @property
    def kind(self) -> EvaluationKind:
        return EvaluationKind.ANNUAL if self.quarter is None else EvaluationKind.PERIODIC

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.quarter is None else 3 * self.quarter - 2, 1)

    @property
    def last_day(self) -> date:
        if self.quarter in {None, QUARTERS[-1]}:
            return date(self.year, 12, 31)
        return Period(self.year, (self.quarter or 0) + 1).first_day - timedelta(days=1)


def nearest_day(year: int, today: date) -> date:
    """Return the day of a year that lies nearest to today."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


@dataclass(frozen=True)
class Window:
    opens_on: date
    closes_on: date

    def contains(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


@dataclass(frozen=True)
class WindowRule:
    """Offsets in calendar days from the period's last day."""

    opens_after_days: int
    closes_after_days: int


def rating_window(rule: WindowRule, period: Period, extended_to: date | None = None) -> Window:
    """Return when a period may be rated (PermenPANRB 6/2022 sets the stages; the days are the agency's own)."""
    closes = period.last_day + timedelta(days=rule.closes_after_days)
    if extended_to is not None:
        closes = max(closes, extended_to)
    return Window(period.last_day + timedelta(days=rule.opens_after_days), closes)


def local_date(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()
