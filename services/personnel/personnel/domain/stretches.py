"""Timelines of people and of units alike: stretches, made of dated series, asked for a day, compared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, TypeVar

from msgspec import Meta

from chassis.views import view_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Days:
    """From a day to a day."""

    first_day: date
    last_day: Annotated[date | None, Meta(description="null: it still holds")]

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


S = TypeVar("S", bound=Days)
K = TypeVar("K")
V = TypeVar("V")


def cut(kind: type[S], start: date, changes: Iterable[date], held_on: Callable[[date], V]) -> list[S]:
    """Return stretches of what is held from `start` on: contiguous, no two equal neighbours, the last one open."""
    found: list[tuple[date, V]] = []
    for day in sorted({start, *(one for one in changes if one > start)}):
        held = held_on(day)
        if not found or found[-1][1] != held:
            found.append((day, held))
    ends = [*(day - ONE_DAY for day, _ in found[1:]), None]
    return [view_of(kind, held, first_day=day, last_day=end) for (day, held), end in zip(found, ends, strict=True)]


def stretch_on(timeline: Sequence[S], day: date) -> S | None:
    """Return what holds on a day; None before the first."""
    return next((one for one in timeline if one.holds_on(day)), None)


def first_differences(before: Sequence[S], after: Sequence[S], series: Mapping[K, Sequence[str]]) -> dict[K, date]:
    """Return the first day on which each series, given by its fields, has another value; none where it never has."""
    found: dict[K, date] = {}
    for day in sorted({one.first_day for one in (*before, *after)}):
        former, now = stretch_on(before, day), stretch_on(after, day)
        for key, names in series.items():
            if key not in found and _values(former, names) != _values(now, names):
                found[key] = day
    return found


def _values(stretch: Days | None, names: Sequence[str]) -> tuple[object, ...] | None:
    return None if stretch is None else tuple(getattr(stretch, name) for name in names)
