"""Days from one to another, and what of a timeline lies in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


class HasDays(Protocol):
    """What holds from a day to a day; `last_day` None: it still does."""

    @property
    def first_day(self) -> date: ...

    @property
    def last_day(self) -> date | None: ...


S = TypeVar("S", bound=HasDays)


@dataclass(frozen=True)
class Window:
    first_day: date
    last_day: date | None

    def shared_with(self, other: HasDays) -> "Window | None":
        """Return the days that both have, or None."""
        first_day = max(self.first_day, other.first_day)
        ends = [one for one in (self.last_day, other.last_day) if one is not None]
        last_day = min(ends) if ends else None
        return None if last_day is not None and last_day < first_day else Window(first_day, last_day)


def within(days: HasDays, timeline: Iterable[S]) -> list[tuple[S, Window]]:
    """Return what of a timeline lies in these days, each with the days that it has in them."""
    window = Window(days.first_day, days.last_day)
    shared = ((one, window.shared_with(one)) for one in timeline)
    return [(one, found) for one, found in shared if found is not None]
