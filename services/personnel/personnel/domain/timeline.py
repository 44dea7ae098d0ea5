"""A person's timeline: all series of records cut at all their days, from the first position on, without gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.records import Cause, PersonRecords, Series
from personnel.domain.series import days_of_change, held, standing
from personnel.domain.stretches import Days, cut, first_differences


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What holds of a person on a day, as far as others must know."""

    unit_id: UUID
    position_code: str
    position_kind: PositionKind
    position_level: PositionLevel | None
    job_class: int
    employment_type: EmploymentType
    status: EmployeeStatus
    grade: str
    grade_since: date
    superior_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Stretch(Days, Situation):
    """Days on which the same holds."""


@dataclass(frozen=True)
class VersionChange:
    """From which day on a version of a timeline differs from the one before, and why."""

    version: int
    changed_from: date
    cause: Cause


@dataclass(frozen=True)
class PublishedTimeline:
    """A timeline as the others know it, and in what its last versions differed."""

    employee_id: UUID
    version: int
    service_start: date
    stretches: Sequence[Stretch]
    changes: Sequence[VersionChange] = ()

    def with_last_change(self) -> "PublishedTimeline":
        """Return it with the change of its version, which is not on record where it was published long ago."""
        if self.changes:
            return self
        since = min(one.first_day for one in self.stretches)
        return replace(self, changes=(VersionChange(self.version, since, Cause.CHANGE),))


SERVICE_START = "SERVICE_START"
# Of how many versions an event says why they differed: nobody who reads events at all is further behind.
REMEMBERED_VERSIONS = 50
# What each series gives to a stretch.
VALUES = {
    Series.POSITION: ("unit_id", "position_code", "position_kind", "position_level", "job_class"),
    Series.SUPERIOR: ("superior_id",),
    Series.STATUS: ("status",),
    Series.EMPLOYMENT_TYPE: ("employment_type",),
    Series.GRADE: ("grade", "grade_since"),
}


def stretches(records: PersonRecords) -> list[Stretch]:
    """Return the timeline: contiguous, no two equal neighbours; empty when there is no position or no employment.

    A series that begins later than the first position holds its first value back to that day: the best that is known.
    """
    positions, superiors = standing(records.positions), standing(records.superiors)
    statuses, types, grades = standing(records.statuses), standing(records.employment_types), standing(records.grades)
    if not (positions and statuses and types and grades):
        return []

    def held_on(day: date) -> Situation:
        position, grade = held(positions, day), held(grades, day)
        return Situation(
            unit_id=position.unit_id,
            position_code=position.position_code,
            position_kind=position.position_kind,
            position_level=position.position_level,
            job_class=position.job_class,
            employment_type=held(types, day).employment_type,
            status=held(statuses, day).status,
            grade=grade.grade,
            grade_since=grade.grade_since,
            superior_id=held(superiors, day).superior_id if superiors else None,
        )

    changes = {day for series in (positions, superiors, statuses, types, grades) for day in days_of_change(series)}
    return cut(Stretch, positions[0].effective_from, changes, held_on)


@dataclass(frozen=True)
class NextTimeline:
    """A timeline that is to be published, with the first day on which each series differs from what was published."""

    timeline: PublishedTimeline
    first_days: Mapping[str, date]

    @property
    def changed_from(self) -> date:
        return self.timeline.changes[-1].changed_from

    @property
    def cause(self) -> Cause:
        return self.timeline.changes[-1].cause


def next_published(
    before: PublishedTimeline | None, employee_id: UUID, service_start: date, timeline: Sequence[Stretch], cause: Cause
) -> NextTimeline | None:
    """Return what is to be published; None when nothing differs or nothing is known.

    The first day of service has no days of its own: another one makes all days differ.
    """
    if not timeline:
        return None
    former = before.stretches if before else ()
    differing = first_differences(former, timeline, VALUES)
    first_days = {str(one): day for one, day in differing.items()}
    if before is None or service_start != before.service_start:
        first_days[SERVICE_START] = min(one.first_day for one in (*former, *timeline))
    if not first_days:
        return None
    version, changes = (before.version + 1, before.changes) if before else (1, ())
    last = VersionChange(version, min(first_days.values()), cause)
    changes = (*changes, last)[-REMEMBERED_VERSIONS:]
    return NextTimeline(PublishedTimeline(employee_id, version, service_start, timeline, changes), first_days)
