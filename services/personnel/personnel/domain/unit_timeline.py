"""A unit's timeline: its four series of records cut at all their days, from its first name on, without gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from personnel.domain.records import Source
from personnel.domain.series import standing


class UnitSeries(StrEnum):
    """What is recorded of a unit; the series are independent of each other."""

    NAME = "NAME"
    PARENT = "PARENT"
    LEADER = "LEADER"
    ACTIVE = "ACTIVE"


VALUES = {
    UnitSeries.NAME: ("code", "name"),
    UnitSeries.PARENT: ("parent_id",),
    UnitSeries.LEADER: ("leader_id",),
    UnitSeries.ACTIVE: ("active",),
}


@dataclass(frozen=True, kw_only=True)
class UnitEntry:
    """From which day something is recorded, by whom, when and why, and whether it sets aside what was recorded."""

    effective_from: date
    recorded_on: date
    recorded_at: datetime
    recorded_by: UUID | None
    source: Source
    replaces_later: bool = False
    reason: str | None = None
    decision_number: str | None = None


@dataclass(frozen=True, kw_only=True)
class UnitRecord(UnitEntry):
    """A value of one series from a day on; the values of the other series are None. `id`: 0 until it is stored."""

    unit_id: UUID
    series: UnitSeries
    code: str | None = None
    name: str | None = None
    parent_id: UUID | None = None
    leader_id: UUID | None = None
    active: bool | None = None
    id: int = 0
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    withdrawal_reason: str | None = None

    @property
    def until(self) -> None:
        """Return no last day: a value holds until the next one."""

    @property
    def value(self) -> tuple[object, ...]:
        """Return what holds from the day on."""
        return tuple(getattr(self, name) for name in VALUES[self.series])

    def withdrawn(self, at: datetime, by: UUID | None, reason: str) -> "UnitRecord":
        """Return it withdrawn: the timeline is then as if it had not been recorded."""
        return replace(self, withdrawn_at=at, withdrawn_by=by, withdrawal_reason=reason)


@dataclass(frozen=True, kw_only=True)
class UnitState:
    """What holds of a unit on a day. Not active: closed, merged into another, or not yet there."""

    code: str
    name: str
    parent_id: UUID | None
    leader_id: UUID | None
    active: bool


@dataclass(frozen=True, kw_only=True)
class UnitStretch(UnitState):
    """Days on which the same holds."""

    first_day: date
    last_day: Annotated[date | None, Meta(description="null: it still holds")]

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def overlaps(self, other: "UnitStretch") -> bool:
        """Return whether there is a day on which both hold."""
        starts_in_time = other.last_day is None or self.first_day <= other.last_day
        return starts_in_time and (self.last_day is None or other.first_day <= self.last_day)


_STATE = tuple(item.name for item in fields(UnitState))


def record_of(series: UnitSeries, unit_id: UUID, state: UnitState, entry: UnitEntry) -> UnitRecord:
    """Return the record by which one series takes its value of this state."""
    given = {item.name: getattr(entry, item.name) for item in fields(entry)}
    values = {name: getattr(state, name) for name in VALUES[series]}
    return UnitRecord(unit_id=unit_id, series=series, **given, **values)


def records_between(before: UnitState | None, unit_id: UUID, after: UnitState, entry: UnitEntry) -> list[UnitRecord]:
    """Return a record for each series in which two states differ; for all of a new unit."""
    return [record_of(series, unit_id, after, entry) for series in UnitSeries if _differs(series, before, after)]


def stretches(records: Sequence[UnitRecord]) -> list[UnitStretch]:
    """Return the timeline of records in the order of recording; empty when the unit has no name.

    A series that begins later than the name holds its first value back to that day: the best that is known.
    """
    valid = [one for one in records if one.withdrawn_at is None]
    series = {one: standing([record for record in valid if record.series is one]) for one in UnitSeries}
    if not series[UnitSeries.NAME]:
        return []
    start = series[UnitSeries.NAME][0].effective_from
    days = {start} | {one.effective_from for kept in series.values() for one in kept if one.effective_from > start}
    cut: list[tuple[date, UnitState]] = []
    for day in sorted(days):
        state = _state({one: _held(kept, day) for one, kept in series.items()})
        if not cut or cut[-1][1] != state:
            cut.append((day, state))
    ends = [*(day - timedelta(days=1) for day, _ in cut[1:]), None]
    return [
        view_of(UnitStretch, state, first_day=day, last_day=end) for (day, state), end in zip(cut, ends, strict=True)
    ]


def stretch_on(timeline: Sequence[UnitStretch], day: date) -> UnitStretch | None:
    """Return what holds on a day; None before the unit begins."""
    return next((one for one in timeline if one.holds_on(day)), None)


def state_today(timeline: Sequence[UnitStretch], day: date) -> UnitState:
    """Return what holds on a day; a unit that is still to come stands as it will begin, not active."""
    found = stretch_on(timeline, day)
    return view_of(UnitState, found) if found else view_of(UnitState, timeline[0], active=False)


def is_open_from(timeline: Sequence[UnitStretch], day: date, today: date) -> bool:
    """Return whether somebody may stand in the unit from a day on: no day since is one on which it is closed.

    Days before the unit begins are as good as its first, for what is known of it begins with the first file; but not
    where it has yet to begin.
    """
    if not timeline or day < timeline[0].first_day > today:
        return False
    return all(one.active for one in timeline if one.last_day is None or one.last_day >= day)


def changed_from(before: Sequence[UnitStretch], after: Sequence[UnitStretch]) -> date | None:
    """Return the first day on which two timelines differ, or None."""
    days = sorted({one.first_day for one in (*before, *after)})
    return next((day for day in days if _values_on(before, day) != _values_on(after, day)), None)


def differing(before: Sequence[UnitStretch], after: Sequence[UnitStretch], *names: str) -> list[UnitStretch]:
    """Return the stretches of `after` that have another value of one of these fields than before, on some day."""
    return [one for one in after if any(_has_other(before, one, day, names) for day in _days_within(one, before))]


def _days_within(stretch: UnitStretch, timeline: Sequence[UnitStretch]) -> set[date]:
    return {stretch.first_day} | {one.first_day for one in timeline if stretch.holds_on(one.first_day)}


def _has_other(before: Sequence[UnitStretch], stretch: UnitStretch, day: date, names: Sequence[str]) -> bool:
    former = stretch_on(before, day)
    return former is None or any(getattr(former, name) != getattr(stretch, name) for name in names)


def _differs(series: UnitSeries, before: UnitState | None, after: UnitState) -> bool:
    return before is None or any(getattr(before, name) != getattr(after, name) for name in VALUES[series])


def _held(kept: Sequence[UnitRecord], day: date) -> UnitRecord | None:
    return next((one for one in reversed(kept) if one.effective_from <= day), kept[0] if kept else None)


def _state(held: dict[UnitSeries, UnitRecord | None]) -> UnitState:
    name, parent, leader, active = (held[one] for one in UnitSeries)
    return UnitState(
        code=(name and name.code) or "",
        name=(name and name.name) or "",
        parent_id=parent.parent_id if parent else None,
        leader_id=leader.leader_id if leader else None,
        active=active is None or bool(active.active),
    )


def _values_on(timeline: Sequence[UnitStretch], day: date) -> tuple[object, ...] | None:
    found = stretch_on(timeline, day)
    return None if found is None else tuple(getattr(found, name) for name in _STATE)
