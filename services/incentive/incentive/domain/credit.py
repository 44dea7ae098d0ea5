"""Credit points (angka kredit) of functional positions: PermenPANRB 1/2023 and Peraturan BKN 3/2023.

`AK = months/12 × predicate percentage × yearly coefficient`. The annual result, once final, replaces the periodic
credit of the same months, except what a decision (PAK) has used already; the two are never added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from directory.people import PositionLevel
from directory.performance import Predicate

MILLI = Decimal("0.001")
TWELVE = Decimal(12)


@dataclass(frozen=True)
class LevelCredit:
    """One jenjang: its coefficient, the grades it spans, what each rank step and the next jenjang require."""

    coefficient: Decimal
    grades: tuple[str, ...]
    steps: Mapping[str, Decimal]
    next_level: PositionLevel | None = None
    next_need: Decimal | None = None
    next_need_by_entry: Mapping[str, Decimal] = field(default_factory=dict)

    def base_of(self, grade: str, entry_grade: str | None) -> Decimal:
        """Return the credit that the steps below `grade` require, counted from the grade of entry into the jenjang."""
        start = self.grades.index(entry_grade) if entry_grade in self.grades else 0
        end = self.grades.index(grade) if grade in self.grades else start
        return sum((self.steps.get(name, Decimal(0)) for name in self.grades[start:end]), Decimal(0))

    def need_for_rank(self, grade: str, entry_grade: str | None) -> Decimal | None:
        """Return the balance that the step from `grade` to the next one requires; None where there is no such step."""
        step = self.steps.get(grade)
        return None if step is None else self.base_of(grade, entry_grade) + step

    def need_for_level(self, entry_grade: str | None) -> Decimal | None:
        return self.next_need_by_entry.get(entry_grade or "", self.next_need)


@dataclass(frozen=True)
class CreditRules:
    percent: Mapping[Predicate, Decimal]
    levels: Mapping[PositionLevel, LevelCredit]


@dataclass(frozen=True)
class Conversion:
    """The working of one conversion, stored with the entry so that anybody can recompute it."""

    level: PositionLevel
    months: int
    predicate: Predicate
    percent: Decimal
    coefficient: Decimal
    credit: Decimal


def convert(months: int, predicate: Predicate, level: PositionLevel, rules: CreditRules) -> Conversion:
    """Turn months under a predicate into credit (Peraturan BKN 3/2023), to three places, half up."""
    percent, coefficient = rules.percent[predicate], rules.levels[level].coefficient
    exact = Decimal(months) / TWELVE * percent / Decimal(100) * coefficient
    return Conversion(level, months, predicate, percent, coefficient, exact.quantize(MILLI, rounding=ROUND_HALF_UP))


def convert_year(
    months_in_level: Mapping[PositionLevel, int],
    used_months: Mapping[PositionLevel, int],
    predicate: Predicate,
    rules: CreditRules,
) -> list[Conversion]:
    """Return the annual conversion, one per jenjang held in the year, without months that a decision has used."""
    return [
        convert(months - used_months.get(level, 0), predicate, level, rules)
        for level, months in sorted(months_in_level.items())
        if level in rules.levels and months > used_months.get(level, 0)
    ]


def months_by_level(levels: Sequence[PositionLevel | None]) -> dict[PositionLevel, int]:
    """Count the months of a year under each jenjang, given the jenjang in which every month counts."""
    return {level: levels.count(level) for level in sorted({level for level in levels if level is not None})}


def credit_rules_from(data: Mapping[str, Any]) -> CreditRules:
    """Read the reference set CREDIT."""
    return CreditRules(
        percent={Predicate(key): Decimal(str(value)) for key, value in data["percent"].items()},
        levels={PositionLevel(key): _level(value) for key, value in data["levels"].items()},
    )


def _level(data: Mapping[str, Any]) -> LevelCredit:
    need = data.get("next_need")
    return LevelCredit(
        coefficient=Decimal(str(data["coefficient"])),
        grades=tuple(data["grades"]),
        steps={grade: Decimal(str(value)) for grade, value in data["steps"].items()},
        next_level=PositionLevel(data["next_level"]) if data.get("next_level") else None,
        next_need=None if need is None else Decimal(str(need)),
        next_need_by_entry={key: Decimal(str(value)) for key, value in data.get("next_need_by_entry", {}).items()},
    )
