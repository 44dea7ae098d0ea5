from datetime import date

import pytest

from incentive.domain.months import add_years, full_years, parse_month
from incentive.domain.period import Period, months_determined_by, period_for
from incentive.domain.values import PeriodKind


@pytest.mark.parametrize(
    "month,expected",
    [
        ("2026-01", "2025-Q4"),
        ("2026-03", "2025-Q4"),
        ("2026-04", "2026-Q1"),
        ("2026-07", "2026-Q2"),
        ("2026-12", "2026-Q3"),
    ],
)
def test_the_last_closed_quarter_feeds_a_month(month, expected):
    assert period_for(PeriodKind.QUARTER, 1, parse_month(month)).text() == expected


@pytest.mark.parametrize(
    "kind,lag", [(PeriodKind.MONTH, 0), (PeriodKind.MONTH, 2), (PeriodKind.QUARTER, 1), (PeriodKind.YEAR, 1)]
)
def test_the_months_determined_by_a_period_are_those_that_ask_for_it(kind, lag):
    for number in range(1, 13):
        month = date(2026, number, 1)
        assert month in months_determined_by(period_for(kind, lag, month), lag)


def test_a_year_feeds_the_twelve_months_of_the_next():
    assert months_determined_by(Period(PeriodKind.YEAR, 2025, 0), 1) == [
        date(2026, number, 1) for number in range(1, 13)
    ]


@pytest.mark.parametrize("text", ["2026-13", "2026-7", "26-07", "2026-07-01", "abad-01"])
def test_a_month_is_written_year_and_two_digits(text):
    with pytest.raises(ValueError, match=text):
        parse_month(text)


def test_whole_years_count_from_the_day_and_leap_days_move_on():
    assert full_years(date(2019, 3, 1), date(2029, 2, 28)) == 9
    assert full_years(date(2019, 3, 1), date(2029, 3, 1)) == 10
    assert add_years(date(2024, 2, 29), 1) == date(2025, 3, 1)
