"""A person's timeline: all series of records cut at all their days, from the first position on, without gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from uuid import UUID

from chassis.views import view_of
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.records import PersonRecords
from personnel.domain.series import days_of_change, held, standing


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
class Stretch(Situation):
    """Days on which the same holds; `last_day` None: it still does."""

    first_day: date
    last_day: date | None

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True)
class PublishedTimeline:
    """A timeline as the others know it."""

    employee_id: UUID
    version: int
    service_start: date
    stretches: Sequence[Stretch]


_SITUATION = tuple(item.name for item in fields(Situation))


def stretches(records: PersonRecords) -> list[Stretch]:
    """Return the timeline: contiguous, no two equal neighbours; empty when there is no position or no employment.

    A series that begins later than the first position holds its first value back to that day: the best that is known.
    """
    positions, superiors = standing(records.positions), standing(records.superiors)
    statuses, types, grades = standing(records.statuses), standing(records.employment_types), standing(records.grades)
    if not (positions and statuses and types and grades):
        return []
    start = positions[0].effective_from
    begins = {day for series in (positions, superiors, statuses, types, grades) for day in days_of_change(series)}
    cut: list[tuple[date, Situation]] = []
    for day in sorted({start} | {one for one in begins if one > start}):
        position, grade, superior = (
            held(positions, day),
            held(grades, day),
            held(superiors, day) if superiors else None,
        )
        situation = Situation(
            unit_id=position.unit_id,
            position_code=position.position_code,
            position_kind=position.position_kind,
            position_level=position.position_level,
            job_class=position.job_class,
            employment_type=held(types, day).employment_type,
            status=held(statuses, day).status,
            grade=grade.grade,
            grade_since=grade.grade_since,
            superior_id=superior.superior_id if superior else None,
        )
        if not cut or cut[-1][1] != situation:
            cut.append((day, situation))
    return [
        view_of(Stretch, situation, first_day=day, last_day=following - timedelta(days=1) if following else None)
        for (day, situation), following in zip(cut, [*(day for day, _ in cut[1:]), None], strict=True)
    ]


def changed_from(before: Sequence[Stretch], after: Sequence[Stretch]) -> date | None:
    """Return the first day on which two timelines differ, or None."""
    days = sorted({one.first_day for one in (*before, *after)})
    return next((day for day in days if _situation_on(before, day) != _situation_on(after, day)), None)


def next_published(
    before: PublishedTimeline | None, employee_id: UUID, service_start: date, timeline: Sequence[Stretch]
) -> tuple[PublishedTimeline, date] | None:
    """Return what is to be published and the first day that differs; None when nothing does or nothing is known.

    The first day of service has no days of its own: another one makes all days differ.
    """
    if not timeline:
        return None
    if before is None:
        return PublishedTimeline(employee_id, 1, service_start, timeline), timeline[0].first_day
    day = changed_from(before.stretches, timeline)
    if service_start != before.service_start:
        day = min(timeline[0].first_day, before.stretches[0].first_day)
    if day is None:
        return None
    return PublishedTimeline(employee_id, before.version + 1, service_start, timeline), day


def _situation_on(timeline: Sequence[Stretch], day: date) -> tuple[object, ...] | None:
    found = next((one for one in timeline if one.holds_on(day)), None)
    return None if found is None else tuple(getattr(found, name) for name in _SITUATION)
