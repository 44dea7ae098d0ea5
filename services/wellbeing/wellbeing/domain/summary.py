"""Counts for leaders and inspectors; those about people are shown from the anonymity minimum on.

Only whole months are counted, so that two readings on two days do not differ by the one person in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from disclosure.suppression import Reason, suppress
from disclosure.units import UnitTree


@dataclass(frozen=True)
class Period:
    since: datetime
    until: datetime


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


def participant_count(
    tree: UnitTree, members: Mapping[UUID, int], attended: Mapping[UUID, int], unit_id: UUID | None, minimum: int
) -> CountView:
    """Return how many people of a unit, or of the whole agency, attended, if that may be shown."""
    report = suppress(tree.with_members(members), attended, minimum)
    cell = report.whole if unit_id is None else report.units.get(unit_id)
    return HIDDEN if cell is None else CountView(cell.answers, cell.reason)


def case_count(counted: int, unit_id: UUID | None, minimum: int) -> CountView:
    """Return how many personal cases there were: for the whole agency only, and from the minimum on."""
    return HIDDEN if unit_id is not None or counted < minimum else CountView(counted, None)
