"""Objections and receipts: the days an agency gives, and when they are over. Now is an argument."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from appraisal.domain.periods import local_date

PROMPT = timedelta(hours=1)


@dataclass(frozen=True)
class ObjectionRule:
    """A receipt that nobody confirmed is deemed after so many days, or never; until then it is asked for."""

    objection_days: int
    decision_days: int
    deemed_receipt_days: int | None
    reminder_days: int = 3
    reminders: int = 3


def end_of_day(day: date, time_zone: str) -> datetime:
    """Return the last second of a day where the agency is, as UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(time_zone)).astimezone(UTC)


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the first moment of a day where the agency is, as UTC."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)


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
