"""Learning hours (JP): what a training is worth, to which year it belongs, whether the year's target is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from directory.people import EmploymentType


class TargetKind(StrEnum):
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True)
class JpTarget:
    """One dated row of reference data, as everybody in the agency reads it.

    `verified`: whether its source was read in the original.
    """

    id: UUID
    employment_type: str
    kind: TargetKind
    jp: int
    from_year: int
    source: str
    verified: bool
    version: int


@dataclass(frozen=True)
class SetJpTarget:
    employment_type: EmploymentType
    kind: TargetKind
    jp: int
    from_year: int
    source: str
    verified: bool


@dataclass(frozen=True)
class JpTargetsView:
    items: list[JpTarget]


@dataclass(frozen=True)
class YearTarget:
    """What a person has to reach in a year, or may not pass, and how it comes about.

    `row` is the reference of the type that counts last; `sources` are all that were used, `verified` only if all are.
    """

    kind: TargetKind
    jp: int
    row: JpTarget
    calculation: str
    sources: tuple[str, ...]
    verified: bool


@dataclass(frozen=True)
class Balance:
    """The year's account against its target. `balance` is earned minus target: for a MIN it should not be negative.

    `met` only for a MIN: a ceiling is nothing to reach.
    """

    earned: int
    target: int | None
    balance: int | None
    remaining: int | None
    met: bool | None
    warning: str


def year_of(completed_on: date) -> int:
    """JP belong to the calendar year in which the training was completed (design rule; Perlan 10/2018 not yet read)."""
    return completed_on.year


def jp_of_minutes(minutes: int, minutes_per_jp: int) -> int:
    """Return the whole JP in a number of minutes. 45 minutes make one JP (unverified, hence an argument)."""
    return minutes // minutes_per_jp


def jp_from_minutes(minutes: int | None, minutes_per_jp: int) -> int:
    """Return the JP counted from minutes. Raise InvalidInput without minutes, or for less than one JP."""
    if minutes is None:
        expected = "isi jp, atau minutes untuk dihitung menjadi JP"
        raise InvalidInput(errors=[FieldError("jp", "required", None, expected)])
    counted = jp_of_minutes(minutes, minutes_per_jp)
    if counted == 0:
        expected = f"sedikitnya {minutes_per_jp} menit (1 JP)"
        raise InvalidInput(errors=[FieldError("minutes", "too_short", minutes, expected)])
    return counted


def target_in_force(targets: Sequence[JpTarget], employment_type: str | None, year: int) -> JpTarget | None:
    """Return the newest row for this employment type whose first year has come."""
    fitting = [row for row in targets if row.employment_type == employment_type and row.from_year <= year]
    return max(fitting, key=lambda row: (row.from_year, row.version), default=None)


def balance_of(earned: int, target: YearTarget | None) -> Balance:
    """Measure what was earned against the target of the year.

    PP 11/2017 jo PP 17/2020: a PNS has at least 20 JP a year. For PPPK 24 JP is stated as a ceiling (unverified):
    passing it warns and blocks nothing, and whoever stays below it has reached nothing by that.
    """
    if target is None:
        return Balance(earned, None, None, None, None, "Belum ada sasaran JP untuk jenis kepegawaian ini.")
    difference = earned - target.jp
    remaining = max(0, -difference)
    if target.kind is TargetKind.MIN:
        return Balance(earned, target.jp, difference, remaining, difference >= 0, "")
    warning = f"Melewati batas {target.jp} JP setahun; periksa dengan pengelola kepegawaian." if difference > 0 else ""
    return Balance(earned, target.jp, difference, remaining, None, warning)
