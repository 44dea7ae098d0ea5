"""Quarters, windows and deadlines. Today, and the agency's time zone, are arguments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PROMPT = timedelta(hours=1)


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


def period_bounds(year: int, quarter: int | None) -> tuple[date, date]:
    """First and last day of a quarter, or of the year when there is no quarter."""
    if quarter is None:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, 3 * quarter - 2, 1)
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)  # noqa: PLR2004
    return first, after - timedelta(days=1)


def rating_window(rule: WindowRule, year: int, quarter: int | None, extended_to: date | None = None) -> Window:
    """When a period may be rated (PermenPANRB 6/2022 sets the stages; the days are the agency's own)."""
    _, last = period_bounds(year, quarter)
    closes = last + timedelta(days=rule.closes_after_days)
    if extended_to is not None:
        closes = max(closes, extended_to)
    return Window(last + timedelta(days=rule.opens_after_days), closes)


def local_date(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()


def end_of_day(day: date, time_zone: str) -> datetime:
    """The last second of a day where the agency is, as UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(time_zone)).astimezone(UTC)


def deadline_after(start: datetime, days: int, time_zone: str) -> datetime:
    """Count calendar days in the agency's zone: the start is day 0, the last day counts whole.

    The fourteen days to object are of PP 30/2019 Art. 59 as LAN's handbook states them; that they are
    calendar days is not verified, so the number is reference data.
    """
    return end_of_day(local_date(start, time_zone) + timedelta(days=days), time_zone)


def deemed_at(due: datetime, now: datetime) -> datetime:
    """When an act that stands for a person's silence counts as done: when it fell due, or when it was recorded late.

    A window that follows from it is whole even after our processes were down for weeks. Within the hour it counts as
    done when it fell due: a tick past midnight would move the window by a day for some and not for others.
    """
    return due if now - due <= PROMPT else now
