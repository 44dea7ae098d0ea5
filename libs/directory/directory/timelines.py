"""What personnel publishes of time: people's and units' timelines, who stands in for whom, officials from outside.

Words of an event stay text, so that a new one does not stop those who only store it. A value that is no timeline raises
ValueError when it is made: no answer can be made of stretches with gaps or in disorder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

ACTIVE = "ACTIVE"
LEFT_SERVICE = ("RETIRED", "DECEASED", "DISMISSED", "TRANSFERRED")
ONE_DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why a timeline differs from what was published before. CORRECTION: that was never so."""

    CHANGE = "CHANGE"
    CORRECTION = "CORRECTION"


class Scope(StrEnum):
    """What a substitute does in place of an official."""

    APPRAISE = "APPRAISE"
    REVIEW = "REVIEW"
    LEAD_UNIT = "LEAD_UNIT"


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included."""

    first_day: date
    last_day: date


class Days(Protocol):
    """Something that holds from a day to a day; without a last day it still holds."""

    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date | None: ...


@dataclass(frozen=True)
class Stretch:
    """Days in which nothing of a person's employment changed."""

    first_day: date
    last_day: date | None
    unit_id: UUID
    position_code: str
    position_kind: str
    position_level: str | None
    job_class: int
    employment_type: str
    status: str
    grade: str
    grade_since: date
    superior_id: UUID | None

    @property
    def in_service(self) -> bool:
        """Return whether the person belongs to the agency, be it on leave or suspended."""
        return self.status not in LEFT_SERVICE


@dataclass(frozen=True)
class VersionChange:
    """From which day on a version of a timeline differs from the one before, and why."""

    version: int
    changed_from: date
    cause: Cause


@dataclass(frozen=True)
class Timeline:
    """A person's whole employment, from EmployeeTimelineChanged; `changes` are those of the last versions."""

    employee_id: UUID
    service_start: date
    stretches: tuple[Stretch, ...]
    changed_from: date
    cause: Cause
    version: int
    changes: tuple[VersionChange, ...] = ()

    def __post_init__(self) -> None:
        require_seamless(self.stretches)

    def without_class(self) -> "Timeline":
        """Return the timeline without grade and job class, and without the days on which only these changed."""
        found: list[Stretch] = []
        for one in self.stretches:
            plain = replace(one, job_class=0, grade="", grade_since=date.min)
            if found and replace(plain, first_day=found[-1].first_day, last_day=found[-1].last_day) == found[-1]:
                found[-1] = replace(found[-1], last_day=plain.last_day)
            else:
                found.append(plain)
        return replace(self, stretches=tuple(found))

    def changes_since(self, version: int) -> Iterator[VersionChange]:
        """Yield the changes of versions after one, as far as they are known, and of this one."""
        yield VersionChange(self.version, self.changed_from, self.cause)
        yield from (one for one in self.changes if version < one.version < self.version)


@dataclass(frozen=True)
class UnitStretch:
    """Days in which nothing of a unit changed. Not active: closed, or merged into another."""

    first_day: date
    last_day: date | None
    code: str
    name: str
    parent_id: UUID | None
    leader_id: UUID | None
    active: bool


@dataclass(frozen=True)
class UnitTimeline:
    """A unit's whole time, from OrgUnitTimelineChanged."""

    unit_id: UUID
    stretches: tuple[UnitStretch, ...]
    version: int

    def __post_init__(self) -> None:
        require_seamless(self.stretches)


@dataclass(frozen=True)
class Substitution:
    """Somebody acts for an official (Plt., Plh.) or appraises by delegation, from SubstitutionChanged.

    Without `employee_ids` it concerns all whom the official appraises. `withdrawn`: it was never so.
    """

    substitution_id: UUID
    kind: str
    in_place_of_id: UUID
    substitute_id: UUID
    first_day: date
    last_day: date | None
    scope: tuple[str, ...]
    employee_ids: tuple[UUID, ...] | None
    withdrawn: bool
    version: int


@dataclass(frozen=True)
class ExternalOfficial:
    """An official who is no civil servant and appraises, from ExternalOfficialChanged."""

    official_id: UUID
    office: str
    first_day: date
    last_day: date | None
    version: int


def holds_on(one: Days, day: date) -> bool:
    """Return whether `day` is among the days of this."""
    return one.first_day <= day and (one.last_day is None or day <= one.last_day)


def require_seamless(stretches: Sequence[Days]) -> None:
    """Raise ValueError unless each stretch begins on the day after the one before has ended."""
    if not stretches:
        raise ValueError("a timeline has no stretches")
    expected: date | None = stretches[0].first_day
    for one in stretches:
        if one.first_day != expected:
            raise ValueError(f"a stretch begins on {one.first_day}, and {expected} was expected")
        if one.last_day is not None and one.last_day < one.first_day:
            raise ValueError(f"a stretch ends on {one.last_day}, before it begins")
        expected = None if one.last_day is None else one.last_day + ONE_DAY
