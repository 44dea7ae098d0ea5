"""Months that give credit, by the days on which somebody is evaluated."""

from datetime import date, timedelta

import pytest

from chassis.errors import InvalidInput
from directory.people import EmployeeStatus, EmploymentType, PositionLevel
from incentive.domain.credit_months import CreditMonths, credit_months_from
from incentive.domain.months import months_of_year
from incentive.domain.person import PersonStretch

PERTAMA, MUDA = PositionLevel.AHLI_PERTAMA, PositionLevel.AHLI_MUDA
ACTIVE, LEAVE, RETIRED = EmployeeStatus.ACTIVE, EmployeeStatus.UNPAID_LEAVE, EmployeeStatus.RETIRED


def year(*stretches):
    """Make the stretches of 2026 from tuples of a first day, a status and a jenjang."""
    ends = [day - timedelta(days=1) for day, _, _ in stretches[1:]] + [date(2026, 12, 31)]
    return [
        PersonStretch(day, end, status, EmploymentType.PNS, 8, None, level)
        for (day, status, level), end in zip(stretches, ends, strict=True)
    ]


def counted(stretches, least_days=1):
    rule = CreditMonths(frozenset({LEAVE}), least_days)
    return [rule.level_of(stretches, month) for month in months_of_year(2026)]


LEAVE_FROM_10_FEBRUARY = year(
    (date(2026, 1, 1), ACTIVE, PERTAMA), (date(2026, 2, 10), LEAVE, PERTAMA), (date(2026, 12, 1), ACTIVE, PERTAMA)
)


@pytest.mark.parametrize("least_days,months", [(1, 3), (9, 3), (10, 2), (31, 2)])
def test_a_month_counts_with_so_many_days_that_do(least_days, months):
    """January and December have 31 such days, February nine."""
    assert counted(LEAVE_FROM_10_FEBRUARY, least_days).count(PERTAMA) == months


def test_the_jenjang_of_a_month_is_that_of_its_last_day_that_counts():
    found = counted(
        year((date(2026, 1, 1), ACTIVE, PERTAMA), (date(2026, 3, 20), ACTIVE, MUDA), (date(2026, 5, 2), RETIRED, MUDA))
    )
    assert found == [PERTAMA, PERTAMA, MUDA, MUDA, MUDA, *[None] * 7]


def test_months_before_the_position_do_not_count():
    assert counted(year((date(2026, 7, 15), ACTIVE, PERTAMA))).count(None) == 6


@pytest.mark.parametrize("days", [0, 32])
def test_a_number_of_days_that_no_month_has_is_refused(days):
    with pytest.raises(InvalidInput):
        credit_months_from({"without_credit": [], "least_days": days})
