"""Months, quarters and whole years between dates; a month is the date of its first day."""

import re
from calendar import monthrange
from datetime import date

from incentive.domain.errors import MonthNotReached

_MONTH = re.compile(r"^(19|20)\d{2}-(0[1-9]|1[0-2])$")


def parse_month(text: str) -> date:
    if not _MONTH.match(text):
        raise ValueError(text)
    return date(int(text[:4]), int(text[5:]), 1)


def month_text(month: date) -> str:
    return f"{month.year:04d}-{month.month:02d}"


def first_day(day: date) -> date:
    return day.replace(day=1)


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def add_months(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def quarter_of(month: date) -> int:
    return (month.month - 1) // 3 + 1


def months_of_quarter(year: int, quarter: int) -> list[date]:
    return [date(year, 3 * (quarter - 1) + offset, 1) for offset in (1, 2, 3)]


def months_of_year(year: int) -> list[date]:
    return [date(year, number, 1) for number in range(1, 13)]


def add_years(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 1 March in an ordinary year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def full_years(since: date, until: date) -> int:
    """Return the whole years between two dates, never negative."""
    years = until.year - since.year - ((until.month, until.day) < (since.month, since.day))
    return max(0, years)


def month_reached(day: date, today: date) -> date:
    """Return the month of `day`. Raise MonthNotReached when it lies in the future."""
    month, current = first_day(day), first_day(today)
    if month > current:
        raise MonthNotReached(month=month_text(month), current=month_text(current))
    return month
