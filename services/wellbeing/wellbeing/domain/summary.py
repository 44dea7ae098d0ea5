"""Counts for leaders and inspectors; those about people are shown from the anonymity minimum on, and grow by as many.

Whole months are counted, each in the tree as it was on its last day. What came in a month is kept back until there is
enough of it, so that no two readings differ by the few in between.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from disclosure.released import Step, released_by_steps, released_count
from disclosure.suppression import Reason


@dataclass(frozen=True)
class Period:
    since: datetime
    until: datetime

    def months(self) -> list["Period"]:
        """Return its whole months, in order."""
        found, since = [], self.since
        while since < self.until:
            until = datetime(since.year + since.month // 12, since.month % 12 + 1, 1, tzinfo=since.tzinfo)
            found.append(Period(since, until))
            since = until
        return found

    @property
    def last_day(self) -> date:
        return (self.until - timedelta(days=1)).date()


@dataclass(frozen=True)
class CountView:
    count: int | None
    reason: Reason | None


HIDDEN = CountView(None, Reason.PROTECTS_SMALL_GROUP)


@dataclass(frozen=True)
class SummaryView:
    unit_id: UUID | None
    year: int
    counted_until: datetime
    conditions: dict[str, int]
    programme_participants: CountView
    personal_cases: CountView
    minimum: int
    anonymity_version: str


def whole_months(year: int, today: date, time_zone: str) -> Period:
    """Return the whole months of a year that have passed."""
    zone = ZoneInfo(time_zone)
    since = datetime(year, 1, 1, tzinfo=zone)
    until = datetime(year + 1, 1, 1, tzinfo=zone)
    return Period(since, min(until, max(since, datetime(today.year, today.month, 1, tzinfo=zone))))


def participant_count(steps: Iterable[Step], unit_id: UUID | None, minimum: int) -> CountView:
    """Return how many people of a unit, or of the whole agency, attended, as far as that may be shown."""
    released = released_by_steps(steps, minimum)
    return _shown(released.whole if unit_id is None else released.units.get(unit_id))


def case_count(by_month: Sequence[int], unit_id: UUID | None, minimum: int) -> CountView:
    """Return how many personal cases there were, as far as that may be shown: for the whole agency only."""
    return HIDDEN if unit_id is not None else _shown(released_count(by_month, minimum))


def _shown(count: int | None) -> CountView:
    return HIDDEN if count is None else CountView(count, None)
