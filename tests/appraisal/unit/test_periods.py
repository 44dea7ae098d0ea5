"""Quarters, windows and deadlines in the three zones of Indonesia."""

from datetime import UTC, date, datetime, timedelta

import pytest

from appraisal.domain.deadlines import deadline_after, deemed_at
from appraisal.domain.periods import Period, WindowRule, rating_window


@pytest.mark.parametrize(
    ("year", "quarter", "first", "last"),
    [
        (2026, 1, date(2026, 1, 1), date(2026, 3, 31)),
        (2026, 2, date(2026, 4, 1), date(2026, 6, 30)),
        (2026, 3, date(2026, 7, 1), date(2026, 9, 30)),
        (2026, 4, date(2026, 10, 1), date(2026, 12, 31)),
        (2026, None, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(year, quarter, first, last):
    period = Period.of(year, quarter)
    assert (period.first_day, period.last_day) == (first, last)


@pytest.mark.parametrize(
    ("quarter", "day", "is_open"),
    [
        (2, date(2026, 6, 29), False),
        (2, date(2026, 6, 30), True),
        (2, date(2026, 7, 6), True),
        (2, date(2026, 7, 30), True),
        (2, date(2026, 7, 31), False),
        (4, date(2027, 1, 5), True),
    ],
)
def test_a_quarter_is_rated_from_its_last_day_for_thirty_days(quarter, day, is_open):
    assert rating_window(WindowRule(0, 30), Period.of(2026, quarter)).contains(day) is is_open


def test_an_extension_never_shortens_a_window():
    assert rating_window(WindowRule(0, 30), Period.of(2026, 1), date(2026, 4, 10)).closes_on == date(2026, 4, 30)
    assert rating_window(WindowRule(0, 30), Period.of(2026, 1), date(2026, 5, 10)).closes_on == date(2026, 5, 10)


@pytest.mark.parametrize(
    ("received", "zone", "until"),
    [
        (datetime(2027, 1, 12, 3, tzinfo=UTC), "Asia/Jakarta", datetime(2027, 1, 26, 16, 59, 59, tzinfo=UTC)),
        (datetime(2027, 1, 12, 3, tzinfo=UTC), "Asia/Makassar", datetime(2027, 1, 26, 15, 59, 59, tzinfo=UTC)),
        (datetime(2027, 1, 12, 3, tzinfo=UTC), "Asia/Jayapura", datetime(2027, 1, 26, 14, 59, 59, tzinfo=UTC)),
        # 23.30 on the 12th in Jakarta is still day 0; half an hour later it is the 13th.
        (datetime(2027, 1, 12, 16, 30, tzinfo=UTC), "Asia/Jakarta", datetime(2027, 1, 26, 16, 59, 59, tzinfo=UTC)),
        (datetime(2027, 1, 12, 17, 0, tzinfo=UTC), "Asia/Jakarta", datetime(2027, 1, 27, 16, 59, 59, tzinfo=UTC)),
    ],
)
def test_fourteen_calendar_days_count_from_the_day_of_receipt_in_the_agencys_zone(received, zone, until):
    assert deadline_after(received, 14, zone) == until


@pytest.mark.parametrize(
    ("late", "begins"),
    [
        (timedelta(0), timedelta(0)),
        (timedelta(seconds=2), timedelta(0)),
        (timedelta(hours=1, seconds=1), timedelta(hours=1, seconds=1)),
        (timedelta(weeks=6), timedelta(weeks=6)),
    ],
)
def test_silence_counts_from_its_deadline_and_after_an_outage_from_its_recording(late, begins):
    due = datetime(2027, 1, 19, 16, 59, 59, tzinfo=UTC)
    assert deemed_at(due, due + late) == due + begins
