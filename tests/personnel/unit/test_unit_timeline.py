"""A unit's stretches follow from four series of records, whatever was recorded when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personnel.domain.records import Source
from personnel.domain.series import in_force, standing
from personnel.domain.stretches import first_differences, stretch_on
from personnel.domain.unit_timeline import (
    VALUES,
    UnitEntry,
    UnitRecord,
    UnitSeries,
    UnitState,
    differing,
    record_of,
    records_between,
    state_today,
    stretches,
)

UNIT, TOP, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
START = date(2026, 1, 1)
STATE = UnitState(code="01", name="Biro", parent_id=TOP, leader_id=None, active=True)


def entry(since: date, recorded: date | None = None, *, replaces_later: bool = False) -> UnitEntry:
    return UnitEntry(
        effective_from=since,
        recorded_on=recorded or since,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        recorded_by=None,
        source=Source.HAND,
        replaces_later=replaces_later,
    )


def change(
    since: date, series: UnitSeries, recorded: date | None = None, *, later: bool = False, **values
) -> UnitRecord:
    return record_of(series, UNIT, replace(STATE, **values), entry(since, recorded, replaces_later=later))


def changed_from(before, after):
    """Return the first day on which two timelines differ, or None."""
    return min(first_differences(before, after, VALUES).values(), default=None)


def in_short(records, name):
    return [(one.first_day.isoformat()[5:], getattr(one, name)) for one in stretches(records)]


NEW = records_between(None, UNIT, STATE, entry(START))


def test_a_new_unit_has_a_record_of_each_series_and_one_open_stretch():
    assert [one.series for one in NEW] == list(UnitSeries)
    (only,) = stretches(NEW)
    assert (only.first_day, only.last_day, only.code, only.parent_id, only.active) == (START, None, "01", TOP, True)


@pytest.mark.parametrize(
    ("records", "name", "expected"),
    [
        ([change(date(2026, 7, 1), UnitSeries.NAME, name="Baru")], "name", [("01-01", "Biro"), ("07-01", "Baru")]),
        # recorded twice for one day: the later word holds
        ([change(date(2026, 7, 1), UnitSeries.NAME, name="Keliru"), change(date(2026, 7, 1), UnitSeries.NAME, name="Baru")],
         "name", [("01-01", "Biro"), ("07-01", "Baru")]),
        # the name of today said again is no new stretch
        ([change(date(2026, 7, 1), UnitSeries.NAME)], "name", [("01-01", "Biro")]),
        # an earlier first name lets the unit begin earlier; its parent is held back to that day
        ([change(date(2025, 6, 1), UnitSeries.NAME, name="Lama")], "parent_id", [("06-01", TOP), ("01-01", TOP)]),
        # an earlier parent alone does not
        ([change(date(2025, 6, 1), UnitSeries.PARENT, parent_id=OTHER)], "parent_id", [("01-01", TOP)]),
        ([change(date(2026, 4, 1), UnitSeries.NAME, name="April"),
          change(date(2026, 3, 1), UnitSeries.NAME, date(2026, 5, 1), name="Maret")],
         "name", [("01-01", "Biro"), ("03-01", "Maret"), ("04-01", "April")]),
        ([change(date(2026, 4, 1), UnitSeries.NAME, name="April"),
          change(date(2026, 3, 1), UnitSeries.NAME, date(2026, 5, 1), later=True, name="Maret")],
         "name", [("01-01", "Biro"), ("03-01", "Maret")]),
        # a move said of all days since March leaves the name of April alone
        ([change(date(2026, 4, 1), UnitSeries.NAME, name="April"),
          change(date(2026, 3, 1), UnitSeries.PARENT, date(2026, 5, 1), later=True, parent_id=OTHER)],
         "name", [("01-01", "Biro"), ("03-01", "Biro"), ("04-01", "April")]),
    ],
)  # fmt: skip
def test_what_holds_follows_from_days_and_the_order_of_recording(records, name, expected):
    assert in_short([*NEW, *records], name) == expected


def test_a_withdrawn_record_counts_as_never_recorded():
    wrong = change(date(2026, 7, 1), UnitSeries.ACTIVE, active=False)
    assert in_short([*NEW, wrong.withdrawn(datetime(2026, 8, 1, tzinfo=UTC), None, "x")], "active") == [("01-01", True)]
    named = NEW[0].withdrawn(datetime(2026, 8, 1, tzinfo=UTC), None, "x")
    assert stretches([named, *NEW[1:]]) == []


def test_a_unit_that_is_to_come_is_not_active_yet():
    timeline = stretches(NEW)
    assert state_today(timeline, START) == STATE
    assert state_today(timeline, START - timedelta(days=1)) == replace(STATE, active=False)


def test_where_two_timelines_differ():
    before = stretches(NEW)
    renamed = stretches([*NEW, change(date(2026, 7, 1), UnitSeries.NAME, name="Baru")])
    earlier = stretches([*NEW, change(date(2025, 7, 1), UnitSeries.NAME)])
    assert changed_from(before, before) is None
    assert changed_from(before, renamed) == changed_from(renamed, before) == date(2026, 7, 1)
    assert (changed_from([], before), changed_from(before, earlier)) == (START, date(2025, 7, 1))
    assert [one.first_day for one in differing(before, renamed, "name")] == [date(2026, 7, 1)]
    assert differing(before, renamed, "parent_id", "active") == []


DAYS = st.integers(0, 40).map(lambda number: START + timedelta(days=number))
RECORDS = st.builds(
    change,
    since=DAYS,
    series=st.sampled_from(UnitSeries),
    recorded=DAYS,
    later=st.booleans(),
    name=st.sampled_from(["A", "B"]),
    parent_id=st.sampled_from([None, TOP, OTHER]),
    leader_id=st.sampled_from([None, OTHER]),
    active=st.booleans(),
)


@given(st.lists(RECORDS, max_size=12))
def test_every_day_says_what_its_series_say_and_no_two_neighbours_say_the_same(added):
    records = [*NEW, *added]
    timeline = stretches(records)
    for one, following in pairwise(timeline):
        assert one.last_day == following.first_day - timedelta(days=1)
        assert replace(one, first_day=START, last_day=None) != replace(following, first_day=START, last_day=None)
    assert timeline[-1].last_day is None
    for number in range(45):
        day = START + timedelta(days=number)
        found = stretch_on(timeline, day)
        assert found is not None
        for series in UnitSeries:
            own = [one for one in records if one.series is series]
            held = in_force(own, day) or standing(own)[0]
            assert all(getattr(found, name) == getattr(held, name) for name in VALUES[series])


@given(st.lists(RECORDS, max_size=6), st.lists(RECORDS, max_size=6))
def test_nothing_differs_before_the_first_day_that_differs(some, more):
    before, after = stretches([*NEW, *some]), stretches([*NEW, *some, *more])
    day = changed_from(before, after)
    if day is None:
        assert before == after
    else:
        names = [name for one in VALUES.values() for name in one]

        def values(timeline, on):
            found = stretch_on(timeline, on)
            return found and [getattr(found, name) for name in names]

        assert values(before, day) != values(after, day)
        for number in range((day - START).days):
            on = START + timedelta(days=number)
            assert values(before, on) == values(after, on)
