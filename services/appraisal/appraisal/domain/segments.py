"""A person's days within a period: in which unit and under whom, and whether they are enough to be evaluated."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from appraisal.domain.errors import PeriodExcused, PeriodWithoutDays
from appraisal.domain.periods import Period
from chassis.errors import FieldError
from directory.timelines import ACTIVE, Stretch

_WEEK, _WEEKDAYS = 7, 5


class Excuse(StrEnum):
    """Why nothing is owed of some days. STUDY_LEAVE is evaluated by the progress of the study instead."""

    NOT_IN_SERVICE = "NOT_IN_SERVICE"
    ON_LEAVE = "ON_LEAVE"
    SUSPENDED = "SUSPENDED"
    STUDY_LEAVE = "STUDY_LEAVE"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    LEFT_SERVICE = "LEFT_SERVICE"
    BY_ORDER = "BY_ORDER"


EXCUSE_WORDS = {
    Excuse.NOT_IN_SERVICE: "tidak bertugas pada instansi ini",
    Excuse.ON_LEAVE: "cuti",
    Excuse.SUSPENDED: "diberhentikan sementara",
    Excuse.STUDY_LEAVE: "tugas belajar, yang dievaluasi melalui kemajuan studi",
    Excuse.BELOW_MINIMUM: "hari kerja di bawah batas minimum",
    Excuse.LEFT_SERVICE: "tidak lagi bertugas, tanpa SKP yang disetujui",
    Excuse.BY_ORDER: "dikecualikan dengan surat keputusan",
}
# PermenPANRB 6/2022: leave without pay and suspension have no evaluation, a study is evaluated by its progress.
_AWAY = {"SUSPENDED": Excuse.SUSPENDED, "STUDY_LEAVE": Excuse.STUDY_LEAVE}


@lru_cache(maxsize=4096)
def weekdays(first_day: date, last_day: date) -> int:
    """Return how many days from Monday to Friday there are, both ends included."""
    weeks, rest = divmod((last_day - first_day).days + 1, _WEEK)
    return weeks * _WEEKDAYS + sum((first_day.weekday() + day) % _WEEK < _WEEKDAYS for day in range(rest))


@dataclass(frozen=True)
class Attendance:
    """How many working days somebody was in active service, and, when none, as what they were away the longest."""

    working_days: int
    away: str | None = None

    @classmethod
    def of(cls, stretches: Sequence[Stretch], first_day: date, last_day: date) -> "Attendance":
        """Count the days of these stretches between two days; working days are those from Monday to Friday."""
        counted: Counter[str] = Counter()
        for one in stretches:
            first, last = max(one.first_day, first_day), min(one.last_day or date.max, last_day)
            if one.in_service and first <= last:
                counted[one.status] += weekdays(first, last) if one.status == ACTIVE else (last - first).days + 1
        active = counted.pop(ACTIVE, 0)
        longest = counted.most_common(1)
        return cls(active, longest[0][0] if longest and not active else None)

    def excuse(self, least: int) -> Excuse | None:
        """Return why these days are not evaluated, below the least number of working days; None when they are."""
        if self.working_days >= least:
            return None
        return Excuse.BELOW_MINIMUM if self.away is None else _AWAY.get(self.away, Excuse.ON_LEAVE)


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
    attendance: Attendance
    stretches: tuple[Stretch, ...] = ()

    @classmethod
    def of(cls, stretches: Sequence[Stretch], period: Period) -> "DaysInPeriod":
        """Cut the stretches to the period."""
        segments: list[Segment] = []
        begins, ends = period.first_day, period.last_day
        for one in stretches:
            first, last = max(one.first_day, begins), min(one.last_day or date.max, ends)
            if not one.in_service or first > last:
                continue
            before = segments[-1] if segments else None
            if before and (before.unit_id, before.appraiser_id) == (one.unit_id, one.superior_id):
                segments[-1] = replace(before, last_day=last)
            else:
                segments.append(Segment(first, last, one.unit_id, one.superior_id))
        return cls(period, tuple(segments), Attendance.of(stretches, begins, ends), tuple(stretches))

    def within(self, part: Period) -> "DaysInPeriod":
        """Return the days of a part of the period."""
        return DaysInPeriod.of(self.stretches, part)

    def require_enough(self, least: int) -> None:
        """Raise PeriodWithoutDays, or PeriodExcused below the least number of working days."""
        if not self.segments:
            raise PeriodWithoutDays(period=str(self.period))
        excuse = self.excuse(least)
        if excuse is not None:
            raise self.excused(excuse, least)

    def excused(self, excuse: Excuse, least: int) -> PeriodExcused:
        """Return the refusal of a rating."""
        days, reason = self.attendance.working_days, EXCUSE_WORDS[excuse]
        fault = FieldError(
            "employee_id", excuse.lower(), f"{days} hari kerja", f"pegawai yang bertugas; yang ini: {reason}"
        )
        return PeriodExcused(errors=[fault], period=str(self.period), days=days, least=least, reason=reason)

    def excuse(self, least: int) -> Excuse | None:
        """Return why the period is not evaluated; None when it is."""
        return self.attendance.excuse(least) if self.segments else Excuse.NOT_IN_SERVICE

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
