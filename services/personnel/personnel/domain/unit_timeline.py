"""A unit's timeline: its four series of records cut at all their days, from its first name on, without gaps."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chassis.views import view_of
from personnel.domain.records import Source
from personnel.domain.series import days_of_change, held, standing
from personnel.domain.stretches import Days, cut, stretch_on


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

    @property
    def corrects(self) -> bool:
        """Return whether an officer says by it how all days since were; a file states the present only."""
        return self.replaces_later and self.source is Source.HAND

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
class UnitStretch(Days, UnitState):
    """Days on which the same holds."""

    def overlaps(self, other: "UnitStretch") -> bool:
        """Return whether there is a day on which both hold."""
        starts_in_time = other.last_day is None or self.first_day <= other.last_day
        return starts_in_time and (self.last_day is None or other.first_day <= self.last_day)


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
    kept = {one: standing([record for record in records if record.series is one]) for one in UnitSeries}
    names, parents, leaders, active = (kept[one] for one in UnitSeries)
    if not names:
        return []

    def held_on(day: date) -> UnitState:
        name = held(names, day)
        return UnitState(
            code=name.code or "",
            name=name.name or "",
            parent_id=held(parents, day).parent_id if parents else None,
            leader_id=held(leaders, day).leader_id if leaders else None,
            active=bool(held(active, day).active) if active else True,
        )

    changes = {day for series in kept.values() for day in days_of_change(series)}
    return cut(UnitStretch, names[0].effective_from, changes, held_on)


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
