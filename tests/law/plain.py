"""What a plain look at each day of a life finds; every expectation is counted day by day."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any
from uuid import UUID

from tests.law.lives import AWAY, Life

PLACED = ("unit_id", "job_class", "superior_id", "status", "employment_type")
MONTHS = range(1, 13)
Changes = list[tuple[date, tuple[str, ...]]]
Segments = list[tuple[date, date, UUID, UUID]]


def changes_of(stretches: Iterable[Any]) -> Changes:
    """Return from which day which values hold, each as text, without what differs in nothing."""
    return _differing([(one.first_day, tuple(str(getattr(one, name)) for name in PLACED)) for one in stretches])


def plain_changes(life: Life) -> Changes:
    return _differing([(day, tuple(str(values[name]) for name in PLACED)) for day, values in life.held().items()])


def _differing(values: Changes) -> Changes:
    return values[:1] + [after for before, after in pairwise(values) if before[1] != after[1]]


def plain_segments(life: Life, first_day: date, last_day: date) -> tuple[Segments, int]:
    """Return the days under one superior in one unit, and how many working days there are in all of them."""
    found: Segments = []
    worked = 0
    for day, values in life.year():
        if not first_day <= day <= last_day:
            continue
        worked += values["status"] == "ACTIVE" and day.weekday() < 5
        here = (values["unit_id"], values["superior_id"])
        if found and found[-1][2:] == here:
            found[-1] = (found[-1][0], day, *here)
        else:
            found.append((day, day, *here))
    return found, worked


def plain_target(life: Life) -> int | None:
    """Return 20 JP for the days as PNS or CPNS; the 24 of a PPPK are a ceiling, and hold where nothing else was held."""
    kinds = [values["employment_type"] for _, values in life.year()]
    if not kinds:
        return None
    least = sum(kind in {"PNS", "CPNS"} for kind in kinds)
    return floor(Fraction(20 * least, len(kinds)) + Fraction(1, 2)) if least else 24


def plain_worth(life: Life, amounts: Mapping[int, int]) -> dict[int, int]:
    """Return what each month is worth: the sum of its days, rounded once."""
    days = Counter(
        (day.month, values["job_class"], values["employment_type"])
        for day, values in life.year()
        if values["status"] not in {"UNPAID_LEAVE", "SUSPENDED"}
    )
    sums = {month: Fraction(0) for month in MONTHS}
    for (month, job_class, kind), number in days.items():
        share = Fraction(4, 5) if kind == "CPNS" else Fraction(1)
        sums[month] += number * amounts[job_class] * share / monthrange(2026, month)[1]
    return {month: floor(amount + Fraction(1, 2)) for month, amount in sums.items()}


def plain_credit(life: Life) -> Decimal:
    """Return a twelfth of 12.5 for each month with a day on which somebody is evaluated."""
    months = {day.month for day, values in life.year() if values["status"] not in AWAY}
    return (Decimal("12.5") * len(months) / 12).quantize(Decimal("0.001"), ROUND_HALF_UP)
