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


def start_of_day(moment: datetime, time_zone: str) -> datetime:
    """Return when the day began in the zone, in UTC: all that is kept of when somebody wrote without a name."""
    zone = ZoneInfo(time_zone)
    return datetime.combine(moment.astimezone(zone).date(), time(), zone).astimezone(UTC)


def danger_due_by_the_day(received_at: datetime, rule: Triage, time_zone: str) -> datetime:
    """Return until when danger must be looked at, where only its day is known: the hours as whole days, begun included.

    So 24 hours are the rest of the day: never later than promised, and not a moment that has passed.
    """
    days = -(-rule.danger_hours // 24)
    return end_of_day(received_at.astimezone(ZoneInfo(time_zone)).date() + timedelta(days=days - 1), time_zone)


def release_at(received_at: datetime, hour: int, time_zone: str) -> datetime:
    """Return when the reports of a day are shown and published together: at an hour of the next day, in the zone."""
    zone = ZoneInfo(time_zone)
    next_day = received_at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(next_day, time(hour), zone).astimezone(UTC)
