"""Quarters and years, their windows and deadlines. Today, and the agency's time zone, are arguments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from appraisal.domain.values import EvaluationKind

PROMPT = timedelta(hours=1)
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


@dataclass(frozen=True)
class ObjectionRule:
    objection_days: int
    decision_days: int
    deemed_receipt_days: int | None


def rating_window(rule: WindowRule, period: Period, extended_to: date | None = None) -> Window:
    """Return when a period may be rated (PermenPANRB 6/2022 sets the stages; the days are the agency's own)."""
    closes = period.last_day + timedelta(days=rule.closes_after_days)
    if extended_to is not None:
        closes = max(closes, extended_to)
    return Window(period.last_day + timedelta(days=rule.opens_after_days), closes)


def local_date(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()


def end_of_day(day: date, time_zone: str) -> datetime:
    """Return the last second of a day where the agency is, as UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(time_zone)).astimezone(UTC)


def deadline_after(start: datetime, days: int, time_zone: str) -> datetime:
    """Count calendar days in the agency's zone: the start is day 0, the last day counts whole.

    The fourteen days to object are of PP 30/2019 Art. 59 as LAN's handbook states them; that they are
    calendar days is not verified, so the number is reference data.
    """
    return end_of_day(local_date(start, time_zone) + timedelta(days=days), time_zone)


def deemed_at(due: datetime, now: datetime) -> datetime:
    """Return when an act that replaces a person's silence took effect: when it fell due, or when recorded late.

    A window that follows from it is whole even after our processes were down for weeks. Within the hour it counts as
    done when it fell due: a tick past midnight would move the window by a day for some and not for others.
    """
    return due if now - due <= PROMPT else now
