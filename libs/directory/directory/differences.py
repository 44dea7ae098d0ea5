"""In what two versions of a timeline differ: the first day, and the rows to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from directory.timelines import ONE_DAY, Stretch, UnitStretch, holds_on

S = TypeVar("S", Stretch, UnitStretch)
_DAYS = {"first_day", "last_day"}


@dataclass(frozen=True)
class Difference(Generic[S]):
    """What makes `before` into `after`: first days of rows that go, and rows to write over what is there."""

    gone: tuple[date, ...]
    written: tuple[S, ...]


def difference(before: Sequence[S], after: Sequence[S]) -> Difference[S]:
    """Return the rows in which two versions of a timeline differ."""
    kept = {one.first_day: one for one in before}
    firsts = {one.first_day for one in after}
    gone = (day for day in kept if day not in firsts)
    return Difference(tuple(gone), tuple(one for one in after if kept.get(one.first_day) != one))


def first_changed_day(before: Sequence[S], after: Sequence[S]) -> date | None:
    """Return the first day whose values differ; None where only the cuts between stretches do, or nothing."""
    return next((day for day in _cuts(before, after) if _values_on(before, day) != _values_on(after, day)), None)


def _cuts(*timelines: Sequence[S]) -> list[date]:
    """Return the days on which either timeline may change: between two of them both are constant."""
    firsts = {one.first_day for timeline in timelines for one in timeline}
    ends = {one.last_day + ONE_DAY for timeline in timelines for one in timeline if one.last_day is not None}
    return sorted(firsts | ends)


def _values_on(timeline: Sequence[S], day: date) -> dict[str, object]:
    """Return what held on a day, without the days from and to which it held; nothing where nothing did."""
    found = next((one for one in timeline if holds_on(one, day)), None)
    return {} if found is None else {name: value for name, value in vars(found).items() if name not in _DAYS}
