"""A person's days within a period: in which unit and under whom, and whether they are enough to be evaluated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from appraisal.domain.errors import PeriodExcused, PeriodWithoutDays
from appraisal.domain.periods import Period
from directory.timelines import ACTIVE, Stretch

_WEEKDAYS = 5


@dataclass(frozen=True)
class Segment:
    """Days in service in one unit under one appraiser, both included."""

    first_day: date
    last_day: date
    unit_id: UUID
    appraiser_id: UUID | None


@dataclass(frozen=True)
class DaysInPeriod:
    """The days of a period in which somebody was in service, cut where the unit or the appraiser is another."""

    period: Period
    segments: tuple[Segment, ...]
    working_days: int
    stretches: tuple[Stretch, ...] = ()

    @classmethod
    def of(cls, stretches: Sequence[Stretch], period: Period) -> "DaysInPeriod":
        """Cut the stretches to the period. Working days are those from Monday to Friday in active service."""
        segments: list[Segment] = []
        days = 0
        for one in stretches:
            first, last = max(one.first_day, period.first_day), min(one.last_day or date.max, period.last_day)
            if not one.in_service or first > last:
                continue
            if one.status == ACTIVE:
                days += sum((first + timedelta(n)).weekday() < _WEEKDAYS for n in range((last - first).days + 1))
            before = segments[-1] if segments else None
            if before and (before.unit_id, before.appraiser_id) == (one.unit_id, one.superior_id):
                segments[-1] = replace(before, last_day=last)
            else:
                segments.append(Segment(first, last, one.unit_id, one.superior_id))
        return cls(period, tuple(segments), days, tuple(stretches))

    def within(self, part: Period) -> "DaysInPeriod":
        """Return the days of a part of the period."""
        return DaysInPeriod.of(self.stretches, part)

    def require_enough(self, least: int) -> None:
        """Raise PeriodWithoutDays, or PeriodExcused below the least number of working days."""
        if not self.segments:
            raise PeriodWithoutDays(period=str(self.period))
        if not self.is_enough(least):
            raise PeriodExcused(period=str(self.period), days=self.working_days, least=least)

    def is_enough(self, least: int) -> bool:
        return bool(self.segments) and self.working_days >= least

    def official(self, today: date) -> Segment:
        """Return the segment whose appraiser makes the result of the period: the last one that has begun."""
        begun = [one for one in self.segments if one.first_day <= today]
        return (begun or list(self.segments[:1]))[-1]

    def first_day_of_segment(self, today: date) -> date:
        """Return the first day under the appraiser and in the unit of today; or of the period, without service."""
        return self.official(today).first_day if self.segments else self.period.first_day

    @property
    def first_day(self) -> date:
        return self.segments[0].first_day

    @property
    def last_day(self) -> date:
        return self.segments[-1].last_day
