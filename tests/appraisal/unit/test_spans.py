"""Of which period a moment is: by the agency's own midnights, at both ends."""

from datetime import UTC, datetime, timedelta

import pytest

from appraisal.domain.periods import Period
from appraisal.domain.spans import Span

TICK = timedelta(microseconds=1)
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


@pytest.mark.parametrize(("zone", "ahead"), ZONES.items(), ids=["WIB", "WITA", "WIT"])
@pytest.mark.parametrize(
    ("parts", "first", "after"),
    [
        ({"month": 1}, (2026, 1, 1), (2026, 2, 1)),
        ({"month": 2}, (2026, 2, 1), (2026, 3, 1)),
        ({"month": 12}, (2026, 12, 1), (2027, 1, 1)),
        ({"quarter": 1}, (2026, 1, 1), (2026, 4, 1)),
        ({"quarter": 2}, (2026, 4, 1), (2026, 7, 1)),
        ({"quarter": 4}, (2026, 10, 1), (2027, 1, 1)),
        ({}, (2026, 1, 1), (2027, 1, 1)),
    ],
)
def test_a_period_lasts_from_its_first_midnight_until_just_before_the_next_ones(zone, ahead, parts, first, after):
    span = Span.of(Period.of(2026, **parts), zone)
    begins, ends = (datetime(*day, tzinfo=UTC) - timedelta(hours=ahead) for day in (first, after))
    assert (span.begins, span.ends) == (begins, ends)
    assert [span.contains(one) for one in (begins - TICK, begins, ends - TICK, ends)] == [False, True, True, False]


@pytest.mark.parametrize(("zone", "quarter"), [("Asia/Jakarta", 1), ("Asia/Makassar", 2), ("Asia/Jayapura", 2)])
def test_half_past_eleven_in_jakarta_is_the_next_quarter_further_east(zone, quarter):
    moment = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    spans = {number: Span.of(Period.of(2026, number), zone) for number in range(1, 5)}
    assert [number for number, span in spans.items() if span.contains(moment)] == [quarter]
