"""In what two timelines differ: examples; random ones are compared with a recomputation in component/test_law.py."""

from datetime import date

import pytest

from directory.differences import difference, first_changed_day
from tests.directory.builders import START, from_day, seamless

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 15)
OPEN = (from_day(),)
MOVED = seamless((from_day(), from_day(MAY, job_class=9)))


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        ((), OPEN, START),
        (OPEN, OPEN, None),
        (OPEN, MOVED, MAY),
        (MOVED, OPEN, MAY),
        (MOVED, seamless((from_day(), from_day(MARCH, job_class=9))), MARCH),
        (OPEN, seamless((from_day(), from_day(MAY))), None),
        ((from_day(MAY),), OPEN, START),
        (OPEN, (from_day(MAY),), START),
    ],
)
def test_the_first_day_that_differs(before, after, day):
    assert first_changed_day(before, after) == day


def test_only_rows_that_differ_are_written():
    retired = seamless((from_day(), from_day(MAY, job_class=9), from_day(date(2026, 12, 1), status="RETIRED")))
    differs = difference(MOVED, retired)
    assert (differs.gone, differs.written) == ((), retired[1:])
    differs = difference(retired, OPEN)
    assert (differs.gone, differs.written) == ((MAY, date(2026, 12, 1)), OPEN)
    assert difference(MOVED, MOVED).written == ()
