"""Working hours (Perpres 21/2023): what a week owes, inside and outside Ramadan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Schedule:
    weekly_hours: Decimal
    days_a_week: int
    start: str
    break_minutes: int | None
    friday_break_minutes: int | None


@dataclass(frozen=True)
class WorkingHours:
    ordinary: Schedule
    ramadan: Schedule
    ramadan_periods: Sequence[tuple[date, date]]


def schedule_on(day: date, hours: WorkingHours) -> Schedule:
    """Return the schedule in force on a day: 37.5 hours a week, 32.5 in Ramadan (Perpres 21/2023).

    The dates of Ramadan are set each year and are the agency's to enter; without them the ordinary schedule holds.
    A flexible arrangement moves place or time and leaves the weekly hours due.
    """
    in_ramadan = any(first <= day <= last for first, last in hours.ramadan_periods)
    return hours.ramadan if in_ramadan else hours.ordinary
