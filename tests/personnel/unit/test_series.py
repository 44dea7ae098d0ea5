"""Which row of an effective-dated series holds on a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personnel.domain.series import TakesEffect, held_on, in_force, standing, takes_effect


@dataclass(frozen=True)
class Row:
    name: str
    effective_from: date
    recorded_on: date
    replaces_later: bool = True
    withdrawn_at: datetime | None = None
    until: date | None = None

    @property
    def value(self):
        return self.name


def day(month: int, of: int = 1) -> date:
    return date(2026, month, of)


@pytest.mark.parametrize(
    ("rows", "on", "expected"),
    [
        ([], day(6), None),
        ([Row("a", day(3), day(3))], day(2), None),
        ([Row("a", day(3), day(3))], day(3), "a"),
        ([Row("a", day(1), day(1)), Row("b", day(4), day(4))], day(5), "b"),
        ([Row("a", day(1), day(1)), Row("b", day(4), day(4))], day(3), "a"),
        # "since March it is c", said in June, sets the row of April aside
        ([Row("a", day(1), day(1)), Row("b", day(4), day(4)), Row("c", day(3), day(6))], day(6), "c"),
        # the same as a gap in the past: April's row goes on
        ([Row("a", day(1), day(1)), Row("b", day(4), day(4)), Row("c", day(3), day(6), replaces_later=False)], day(6), "b"),
        ([Row("a", day(1), day(1)), Row("b", day(4), day(4)), Row("c", day(3), day(6), replaces_later=False)], day(3), "c"),
        # a plan for August survives a correction made in June
        ([Row("a", day(1), day(1)), Row("plan", day(8), day(5)), Row("c", day(3), day(6))], day(9), "plan"),
        ([Row("a", day(1), day(1)), Row("plan", day(8), day(5)), Row("c", day(3), day(6))], day(7), "c"),
        # a plan made anew for the same day
        ([Row("plan", day(8), day(5)), Row("better", day(8), day(6), replaces_later=False)], day(8), "better"),
        # what was withdrawn sets nothing aside
        ([Row("a", day(4), day(4)), Row("c", day(3), day(6), withdrawn_at=datetime(2026, 7, 1, tzinfo=UTC))], day(6), "a"),
    ],
)  # fmt: skip
def test_the_row_in_force(rows, on, expected):
    found = in_force(rows, on)
    assert (found and found.name) == expected


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        (Row("n", day(7), day(6)), TakesEffect.LATER),
        (Row("n", day(6), day(6)), TakesEffect.NOW),
        (Row("n", day(2), day(6)), TakesEffect.NOW),
        (Row("n", day(2), day(6), replaces_later=False), TakesEffect.PAST_ONLY),
    ],
)
def test_what_a_new_row_does_to_today(newest, expected):
    assert takes_effect([Row("a", day(1), day(1)), Row("b", day(4), day(4)), newest], newest, day(6)) is expected


def leave(since, until, **more):
    return Row("leave", since, since, replaces_later=False, until=until, **more)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([leave(day(2), day(4, 30))], "a leave a a"),
        # another absence inside the first one, recorded before or after it
        ([leave(day(2), day(9, 30)), Row("study", day(4), day(1), until=day(5, 31))], "a leave study leave"),
        ([Row("study", day(4), day(1), until=day(5, 31)), leave(day(2), day(9, 30))], "a leave study leave"),
        # who has retired, or was suspended, or came back early in between does not return when it was to end
        ([leave(day(2), day(4, 30)), Row("left", day(3), day(3), replaces_later=False)], "a leave left left"),
        ([Row("left", day(3), day(1), replaces_later=False), leave(day(2), day(4, 30))], "a leave left left"),
        # of one day: the base stays beneath, the same absence gets its end, another one takes its place
        ([Row("b", day(2), day(2)), leave(day(2), day(4, 30))], "a leave b b"),
        ([Row("leave", day(2), day(2)), leave(day(2), day(4, 30))], "a leave a a"),
        ([leave(day(2), day(9, 30)), leave(day(2), day(4, 30))], "a leave a a"),
        # what it sets aside lies between its days
        ([Row("b", day(5), day(5)), Row("leave", day(2), day(6), until=day(4, 30))], "a leave b b"),
        ([Row("b", day(4), day(5)), Row("leave", day(2), day(6), until=day(4, 30))], "a leave a a"),
        ([leave(day(2), day(4, 30), withdrawn_at=datetime(2026, 7, 1, tzinfo=UTC))], "a a a a"),
    ],
)
def test_a_row_with_a_last_day_lies_above_the_others(rows, expected):
    rows = [Row("a", day(1), day(1)), *rows]
    seen = [in_force(rows, on) for on in (day(1, 31), day(2), day(5), day(6))]
    assert " ".join(one.name for one in seen if one) == expected


def test_before_the_first_row_begins_it_is_the_best_that_is_known():
    first = Row("a", day(4), day(4))
    assert held_on([first, Row("b", day(6), day(4))], day(2)) is first
    assert held_on([], day(2)) is None


rows = st.lists(
    st.builds(
        Row,
        st.text(max_size=3),
        st.integers(0, 60).map(lambda n: day(1) + timedelta(n)),
        st.integers(0, 60).map(lambda n: day(1) + timedelta(n)),
        st.booleans(),
    ),
    max_size=12,
)


@given(rows, st.integers(0, 60))
def test_at_most_one_row_starts_on_a_day_and_the_newest_always_stands(entries, offset):
    kept = standing(entries)
    starts = [one.effective_from for one in kept]
    assert len(set(starts)) == len(starts)
    assert starts == sorted(starts)
    if entries:
        assert entries[-1] in kept
    held = in_force(entries, day(1) + timedelta(offset))
    assert held is None or held.effective_from <= day(1) + timedelta(offset)
