"""Outages of the system and grants to one person: how they move a deadline, whichever of them was recorded first.

A deadline is never counted on from where it happens to stand. It is always computed from what the rule alone gives,
through the outages and grants as they occurred; so the order of recording cannot matter.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import product
from math import ceil
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.deadlines import end_of_day, start_of_day
from appraisal.domain.outage_errors import OutageNotApplied, OutageWithdrawn
from appraisal.domain.periods import local_date
from appraisal.domain.rules import OutageRule
from chassis.errors import FieldError, InvalidInput
from chassis.indonesian import moment_in_words
from chassis.views import view_of

DAY = timedelta(days=1)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RecordOutage:
    """From when to when nobody could work with the system, and why."""

    starts_at: datetime
    ends_at: datetime
    reason: str

    def require_plausible(self, rule: OutageRule, now: datetime) -> None:
        """Raise InvalidInput for an outage without a length, one that is not over, or one that cannot be."""
        faults = []
        if self.ends_at <= self.starts_at:
            faults.append(FieldError("to", "not_after_from", self.ends_at.isoformat(), "saat sesudah `from`"))
        if self.ends_at > now:
            faults.append(FieldError("to", "in_the_future", self.ends_at.isoformat(), "saat yang sudah lewat"))
        if self.starts_at < EARLIEST:
            expected = f"paling awal {EARLIEST.date().isoformat()}"
            faults.append(FieldError("from", "too_early", self.starts_at.isoformat(), expected))
        if self.ends_at - self.starts_at > rule.longest_days * DAY:
            expected = f"paling lama {rule.longest_days} hari sebelum `to`; periksa tahun dan bulannya"
            faults.append(FieldError("from", "too_long", self.starts_at.isoformat(), expected))
        if faults:
            raise InvalidInput(errors=faults)


@dataclass(frozen=True)
class Outage:
    """An outage as recorded; `recorded_by` is an account, since the operator has no employee."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str
    grace_days: int
    recorded_by: UUID
    recorded_at: datetime
    applied_at: datetime | None = None
    withdrawn_by: UUID | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str = ""
    version: int = 1

    @classmethod
    def recorded(
        cls, outage_id: UUID, command: RecordOutage, rule: OutageRule, recorded_by: UUID, now: datetime
    ) -> "Outage":
        """Make an outage. Raise InvalidInput."""
        command.require_plausible(rule, now)
        return cls(outage_id, command.starts_at, command.ends_at, command.reason, rule.grace_days, recorded_by, now)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def applied(self, now: datetime) -> "Outage":
        return replace(self, applied_at=now)

    def withdrawn(self, by: UUID, reason: str, now: datetime) -> "Outage":
        """Return it withdrawn, its deadlines still to be moved back. Raise OutageWithdrawn, or OutageNotApplied."""
        if self.is_withdrawn:
            raise OutageWithdrawn
        if self.applied_at is None:
            raise OutageNotApplied
        return replace(self, withdrawn_by=by, withdrawn_at=now, withdrawal_reason=reason, applied_at=None)


@dataclass(frozen=True)
class Pause:
    """Outages that overlap or touch, as one: they count once."""

    outages: tuple[Outage, ...]
    starts_at: datetime
    ends_at: datetime

    @cached_property
    def days(self) -> int:
        """Return the length in whole days, rounded up, with the days of grace that the rule adds.

        An outage that joins two others never makes them count less than they did apart, although rounding up twice
        gives more than once: so the most counts that any choice of separate spans gives.
        """
        spans = sorted(self._spans(), key=lambda one: one[1])
        best: list[int] = []
        for start, _, days in spans:
            apart = bisect_left([end for _, end, _ in spans], start)
            best.append(max(best[-1] if best else 0, days + (best[apart - 1] if apart else 0)))
        return best[-1]

    def _spans(self) -> Iterator[tuple[datetime, datetime, int]]:
        """Return each span that outages within it cover without a gap, with its days."""
        for first, last in product(self.outages, repeat=2):
            start, end = first.starts_at, last.ends_at
            within = [one for one in self.outages if one.starts_at >= start and one.ends_at <= end]
            if start < end and within and _covers(within, start, end):
                yield start, end, ceil((end - start) / DAY) + max(one.grace_days for one in within)


def _covers(outages: Iterable[Outage], start: datetime, end: datetime) -> bool:
    covered = start
    for one in sorted(outages, key=lambda one: one.starts_at):
        if one.starts_at > covered:
            return False
        covered = max(covered, one.ends_at)
    return covered >= end


@dataclass(frozen=True)
class Grant:
    """A later deadline that one person was given, and when."""

    until: datetime
    at: datetime


@dataclass(frozen=True)
class Step:
    """What one pause does to a deadline: from where to where."""

    pause: Pause
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True)
class Extended:
    """Where a deadline ends, and what moved it there."""

    due_at: datetime
    steps: tuple[Step, ...] = ()


def pauses_of(outages: Iterable[Outage]) -> tuple[Pause, ...]:
    """Join the outages that overlap; a withdrawn one counts nothing."""
    found: list[Pause] = []
    for outage in sorted(outages, key=lambda one: (one.starts_at, one.id)):
        if outage.is_withdrawn:
            continue
        last = found[-1] if found else None
        if last is not None and outage.starts_at <= last.ends_at:
            ends_at = max(last.ends_at, outage.ends_at)
            found[-1] = replace(last, outages=(*last.outages, outage), ends_at=ends_at)
        else:
            found.append(Pause((outage,), outage.starts_at, outage.ends_at))
    return tuple(found)


def extended(
    original: datetime, opened_at: datetime, pauses: Sequence[Pause], grants: Sequence[Grant], time_zone: str
) -> Extended:
    """Return the deadline with all that moves it: each still ends with the last second of a day in the agency's zone.

    A pause moves it when it was running during the pause: opened before its end, due after its start. A grant is a
    day that HR chose: what was over by then no longer moves it.
    """
    found = _through(original, opened_at, pauses, time_zone)
    for grant in grants:
        by_grant = _through(grant.until, max(opened_at, grant.at), pauses, time_zone)
        if by_grant.due_at > found.due_at:
            found = by_grant
    return found


def _through(due: datetime, opened_at: datetime, pauses: Sequence[Pause], time_zone: str) -> Extended:
    steps: list[Step] = []
    for pause in pauses:
        if opened_at < pause.ends_at and due > pause.starts_at:
            steps.append(Step(pause, due, later(due, pause.days, time_zone)))
            due = steps[-1].due_after
    return Extended(due, tuple(steps))


def later(due: datetime, days: int, time_zone: str) -> datetime:
    """Return the end of the day so many days later, where the agency is."""
    return end_of_day(local_date(due, time_zone) + days * DAY, time_zone)


def days_between(before: datetime, after: datetime, time_zone: str) -> int:
    return (local_date(after, time_zone) - local_date(before, time_zone)).days


@dataclass(frozen=True)
class Outages:
    """What extends the deadlines of an agency, and its time zone."""

    outages: tuple[Outage, ...]
    time_zone: str

    @cached_property
    def pauses(self) -> tuple[Pause, ...]:
        return pauses_of(self.outages)

    @property
    def unapplied(self) -> tuple[Outage, ...]:
        """Return the outages by which a job is still moving deadlines."""
        return tuple(one for one in self.outages if one.applied_at is None)

    def without(self, outage_id: UUID) -> "Outages":
        return replace(self, outages=tuple(one for one in self.outages if one.id != outage_id))

    def extend(self, original: datetime, opened_at: datetime, grants: Sequence[Grant] = ()) -> Extended:
        return extended(original, opened_at, self.pauses, grants, self.time_zone)

    def window_until(self, opens_on: date, closes_on: date, grants: Sequence[Grant] = ()) -> date:
        """Return the last day of a window of days with what extends it."""
        opened_at = start_of_day(opens_on, self.time_zone)
        due = self.extend(end_of_day(closes_on, self.time_zone), opened_at, grants).due_at
        return local_date(due, self.time_zone)

    def years(self, outage: Outage) -> range:
        """Return the years whose windows an outage may touch: a window lies within a year of its period's end."""
        return range(outage.starts_at.year - 2, outage.ends_at.year + 2)


@dataclass(frozen=True)
class OutageView:
    """An outage, its times also in words, and how many deadlines it moved so far."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    shown: Annotated[str, Meta(description="from when to when, in the agency's time zone")]
    reason: str
    grace_days: int
    recorded_by: UUID
    recorded_at: datetime
    applied_at: Annotated[datetime | None, Meta(description="null while a job is still moving the deadlines")]
    withdrawn_by: UUID | None
    withdrawn_at: datetime | None
    withdrawal_reason: str
    extended: int
    reopened: int
    for_hr: Annotated[int, Meta(description="ended within it, and something final followed: HR is to look at each")]

    @classmethod
    def of(cls, outage: Outage, time_zone: str, extended: int, reopened: int, for_hr: int) -> "OutageView":
        starts, ends = (moment_in_words(one, time_zone) for one in (outage.starts_at, outage.ends_at))
        counts = {"extended": extended, "reopened": reopened, "for_hr": for_hr}
        return view_of(cls, outage, shown=f"{starts} sampai {ends}", **counts)
