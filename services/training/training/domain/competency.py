"""Competencies: the standard a post requires, the level a person has shown, and the gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from chassis.views import view_of

OWN_SOURCE = "Kamus kompetensi instansi"
LOWEST_LEVEL, HIGHEST_LEVEL = 1, 5


class CompetencyKind(StrEnum):
    """PermenPANRB 38/2017: eight managerial, one sociocultural, and the technical ones of each post (unverified)."""

    MANAGERIAL = "MANAGERIAL"
    SOCIOCULTURAL = "SOCIOCULTURAL"
    TECHNICAL = "TECHNICAL"


@dataclass(frozen=True)
class AddCompetency:
    code: str
    kind: CompetencyKind
    name: str
    definition: str


@dataclass(frozen=True)
class ChangeCompetency:
    code: str
    expected_version: int | None
    kind: CompetencyKind
    name: str
    definition: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class Competency:
    """An entry of the agency's dictionary, as everybody in the agency reads it; its code never changes."""

    code: str
    kind: CompetencyKind
    name: str
    definition: str
    source: str
    verified: bool
    active: bool = True
    version: int = 1

    @classmethod
    def added(cls, command: AddCompetency) -> "Competency":
        """Make a competency of the agency's own."""
        return view_of(cls, command, source=OWN_SOURCE, verified=True, active=True, version=1)

    def changed(self, command: ChangeCompetency) -> "Competency":
        return replace(self, kind=command.kind, name=command.name, definition=command.definition, active=command.active)


@dataclass(frozen=True)
class SetStandard:
    position_code: str
    position_level: str | None
    competency_code: str
    required_level: int
    valid_from: date
    source: str


@dataclass(frozen=True)
class Standard:
    """The level a post requires since `valid_from`; a row without `position_level` holds for all levels of the post."""

    id: UUID
    competency_code: str
    position_code: str
    position_level: str | None
    required_level: int
    valid_from: date


@dataclass(frozen=True)
class StandardView(Standard):
    source: str
    recorded_by: UUID
    recorded_at: datetime


@dataclass(frozen=True)
class RecordAssessment:
    """`assessed_on` without a day is today."""

    employee_id: UUID
    competency_code: str
    actual_level: int
    assessed_on: date | None
    method: str
    evidence_link: str | None


@dataclass(frozen=True)
class Assessment:
    """The level a person has shown in a competency on a day; never edited, followed by a later one."""

    id: UUID
    employee_id: UUID
    competency_code: str
    actual_level: int
    assessed_on: date
    method: str
    evidence_link: str | None
    assessor_id: UUID
    recorded_at: datetime


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


@dataclass(frozen=True)
class AssessmentView(Assessment):
    """An assessment with the level that the post requires and the gap that follows."""

    required_level: int | None
    gap: int | None

    @classmethod
    def of(cls, assessment: Assessment, levels: Levels) -> "AssessmentView":
        return view_of(cls, assessment, required_level=levels.required, gap=levels.gap)


@dataclass(frozen=True)
class PersonCompetency:
    competency_code: str
    name: str
    kind: CompetencyKind | None
    required_level: int | None
    actual_level: int | None
    gap: Annotated[int | None, Meta(description="null: one of the two is unknown")]
    standard_id: UUID | None
    assessment_id: UUID | None

    @classmethod
    def of(cls, code: str, competency: Competency | None, levels: Levels) -> "PersonCompetency":
        return cls(
            competency_code=code,
            name=competency.name if competency else code,
            kind=competency.kind if competency else None,
            required_level=levels.required,
            actual_level=levels.actual,
            gap=levels.gap,
            standard_id=levels.standard_id,
            assessment_id=levels.assessment_id,
        )


@dataclass(frozen=True)
class GapRule:
    rule: str = "kesenjangan = tingkat yang disyaratkan - tingkat yang dimiliki, hanya bila positif"
    source: str = "PermenPANRB 38/2017; Perlan 10/2018 (rumus belum diverifikasi)"
    verified: bool = False


@dataclass(frozen=True)
class PersonCompetenciesView:
    employee_id: UUID
    position_code: str | None
    position_level: str | None
    as_of: date
    competencies: list[PersonCompetency]
    explanation: GapRule


def gap(required_level: int | None, actual_level: int | None) -> int | None:
    """Return required minus actual, positive only; None when either is not known.

    PermenPANRB 38/2017 and Perlan 10/2018 on the needs plan (the formula is common practice, its wording unverified).
    """
    if required_level is None or actual_level is None:
        return None
    return max(0, required_level - actual_level)


def standard_in_force(
    standards: Sequence[Standard], position_code: str | None, position_level: str | None, on: date
) -> Standard | None:
    """Return the row that binds a post on a day: begun by then, the level's own before the general one, the newest.

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


@dataclass(frozen=True)
class ListStandards:
    page: PageRequest
    position_code: str | None = None
    competency_code: str | None = None


@dataclass(frozen=True)
class ListCompetencies:
    page: PageRequest
    kind: CompetencyKind | None = None
