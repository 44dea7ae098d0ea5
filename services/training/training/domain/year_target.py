"""The JP target of a year, by the employment types held in it: a part year counts by days where the rules say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from directory.timelines import ONE_DAY, Period, Stretch
from training.domain.jp import JpTarget, TargetKind, YearTarget, target_in_force
from training.domain.rule import Rule


@dataclass(frozen=True)
class PartYearRules:
    """How a part year is counted: by the days of each employment type, and by the days since the service began."""

    of_type: Rule
    of_service: Rule


@dataclass(frozen=True)
class YearHeld:
    """What somebody was in a year: the days in service by employment type, and the type that counts on the whole.

    `joined_on`: the first day of service, when it lies in the year.
    """

    year: int
    days: tuple[tuple[str, int], ...]
    employment_type: str | None
    joined_on: date | None

    @classmethod
    def of(cls, year: int, stretches: Sequence[Stretch], service_start: date | None, day: date) -> "YearHeld":
        """`day` is the last one that has come: the type that was held then, or last before it, counts on the whole."""
        period, days = period_of(year), dict[str, int]()
        in_service = [one for one in stretches if one.in_service]
        for one in in_service:
            last = min(one.last_day or period.last_day, period.last_day)
            counted = (last - max(one.first_day, period.first_day)).days + 1
            days[one.employment_type] = days.get(one.employment_type, 0) + counted
        begun = [one for one in in_service if one.first_day <= day] or in_service[:1]
        joined_on = service_start if service_start and service_start.year == year else None
        return cls(year, tuple(days.items()), begun[-1].employment_type if begun else None, joined_on)


def period_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def year_target(targets: Sequence[JpTarget], held: YearHeld, rules: PartYearRules) -> YearTarget | None:
    """Return the target of a year; None where none of the types held has one.

    Types that have a minimum add up, each by its days; a ceiling holds only where nothing else was held.
    """
    days = held.days if rules.of_type.value else tuple(one for one in held.days if one[0] == held.employment_type)
    total = sum(count for _, count in days)
    found = [(row, count) for one, count in days if (row := target_in_force(targets, one, held.year))]
    if not found:
        return None
    kind = TargetKind.MIN if any(row.kind is TargetKind.MIN for row, _ in found) else TargetKind.MAX
    counted = [(row, count) for row, count in found if row.kind is kind]
    jp = sum((Fraction(row.jp * count, total) for row, count in counted), Fraction())
    used = [rules.of_type] if len(days) > 1 else []
    words = " + ".join(_part(row, count, total) for row, count in counted)
    if rules.of_service.value and held.joined_on:
        of_year, year_days = _service_days(held)
        jp, used = jp * Fraction(of_year, year_days), [*used, rules.of_service]
        words = f"({words}) x {of_year}/{year_days} hari sejak mulai bekerja"
    whole = _rounded(jp)
    rows = [row for row, _ in found]
    return YearTarget(
        kind=kind,
        jp=whole,
        row=next((row for row, _ in found if row.employment_type == held.employment_type), rows[-1]),
        calculation=f"{words} = {whole} JP",
        sources=tuple(dict.fromkeys([row.source for row in rows] + [rule.source for rule in used])),
        verified=all(row.verified for row in rows) and all(rule.verified for rule in used),
    )


def _part(row: JpTarget, count: int, total: int) -> str:
    whole = f"{row.jp} JP ({row.employment_type})"
    return whole if count == total else f"{whole} x {count}/{total} hari"


def _service_days(held: YearHeld) -> tuple[int, int]:
    """Return the days of the year since the service began, and all days of it."""
    period = period_of(held.year)
    after = period.last_day + ONE_DAY
    return (after - (held.joined_on or period.first_day)).days, (after - period.first_day).days


def _rounded(jp: Fraction) -> int:
    """Return whole JP, a half upwards, as the database rounds."""
    return int((Decimal(jp.numerator) / jp.denominator).quantize(Decimal(1), ROUND_HALF_UP))
