"""Until when a report must be looked at, in the agency's working days and time zone.

Suar's own rule, configurable and not law: danger within 24 hours, everything else within 3 working days to triage.
Working days are Monday to Friday (five-day week, Perpres 21/2023) without the agency's holidays.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wellbeing.domain.reference_values import Triage

_SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """Return the `count`-th working day after `day`; the day itself never counts."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            count -= 1
    return day


def end_of_day(day: date, time_zone: str) -> datetime:
    """Return the first moment after `day` in the zone, in UTC: what is due on a day may be done until it ends."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(time_zone)).astimezone(UTC)


def triage_due(
    received_at: datetime, rule: Triage, *, danger: bool, time_zone: str, holidays: Collection[date]
) -> datetime:
    """Return until when a report must be looked at: hours of the clock for danger, else whole working days."""
    if danger:
        return received_at + timedelta(hours=rule.danger_hours)
    received_on = received_at.astimezone(ZoneInfo(time_zone)).date()
    return end_of_day(add_working_days(received_on, rule.other_working_days, holidays), time_zone)


def blurred(moment: datetime) -> datetime:
    """Return the full hour before: precise enough for a deadline, too coarse to find the sender in an access log."""
    return moment.replace(minute=0, second=0, microsecond=0)
