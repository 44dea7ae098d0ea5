"""Competencies: the standard a post asks for, the level a person has shown, and the gap between them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

LEVELS = range(1, 6)


class CompetencyKind(StrEnum):
    """PermenPANRB 38/2017: eight managerial, one sociocultural, and the technical ones of each post (unverified)."""

    MANAGERIAL = "MANAGERIAL"
    SOCIOCULTURAL = "SOCIOCULTURAL"
    TECHNICAL = "TECHNICAL"


@dataclass(frozen=True)
class Standard:
    """The level a post asks for since `valid_from`; a row without `position_level` holds for all levels of the post."""

    id: UUID
    competency_code: str
    position_code: str
    position_level: str | None
    required_level: int
    valid_from: date


@dataclass(frozen=True)
class Levels:
    """Where a person stands in one competency, and the rows it was read from."""

    required: int | None = None
    actual: int | None = None
    standard_id: UUID | None = None
    assessment_id: UUID | None = None

    @property
    def gap(self) -> int | None:
        return gap(self.required, self.actual)


def gap(required_level: int | None, actual_level: int | None) -> int | None:
    """Required minus actual, positive only; None when either is not known.

    PermenPANRB 38/2017 and Perlan 10/2018 on the needs plan (the formula is common practice, its wording unverified).
    """
    if required_level is None or actual_level is None:
        return None
    return max(0, required_level - actual_level)


def standard_in_force(
    standards: list[Standard], position_code: str | None, position_level: str | None, on: date
) -> Standard | None:
    """The row that binds a post on a day: begun by then, the level's own before the general one, the newest of those.

    `standards` come in the order they were recorded, so a correction of the same day wins over what it corrects.
    """
    best: Standard | None = None
    for row in standards:
        if row.position_code != position_code or row.valid_from > on:
            continue
        if row.position_level is not None and row.position_level != position_level:
            continue
        if best is None or _weight(row) >= _weight(best):
            best = row
    return best


def _weight(row: Standard) -> tuple[bool, date]:
    return row.position_level is not None, row.valid_from
