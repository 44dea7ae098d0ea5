"""How outages and grants move a deadline: pure arithmetic, the same whatever is recorded first."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.deadlines import end_of_day
from appraisal.domain.outages import Grant, Outage, Outages, RecordOutage, extended, pauses_of
from appraisal.domain.rules import OutageRule
from chassis.errors import InvalidInput
from chassis.ids import new_id

WIT = "Asia/Jayapura"
ACCOUNT = UUID(int=7)
OPENED = datetime(2027, 1, 12, 3, tzinfo=UTC)
DUE = end_of_day(date(2027, 1, 26), WIT)
MOMENTS = st.integers(min_value=0, max_value=40 * 24).map(lambda hours: OPENED + timedelta(hours=hours - 5 * 24))


def an_outage(starts_at: datetime, ends_at: datetime, grace_days: int = 0) -> Outage:
    return Outage(new_id(), starts_at, ends_at, "Gangguan", grace_days, ACCOUNT, ends_at)


def there(day: int, hour: int = 0, month: int = 1) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=ZoneInfo(WIT)).astimezone(UTC)


def due_on(*outages: Outage, grants: tuple[Grant, ...] = (), opened_at: datetime = OPENED) -> date:
    found = Outages(outages, WIT).extend(DUE, opened_at, grants).due_at
    local = found.astimezone(ZoneInfo(WIT))
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    return local.date()


@pytest.mark.parametrize(
    ("outage", "last_day"),
    [
        ((there(24), there(26, 18)), 29),  # two days and eighteen hours: three
        ((there(24), there(26)), 28),  # exactly two days
        ((there(26, 23), there(26, 23) + timedelta(minutes=5)), 27),  # five minutes on the last evening
        ((there(27), there(28)), 26),  # after the end
        ((there(10), there(12, 11)), 26),  # over before it was opened (12 January, 12.00 WIT)
        ((there(10), there(12, 13)), 29),  # begun before, not over
    ],
)
def test_a_deadline_that_ran_during_an_outage_is_longer_by_its_whole_days(outage, last_day):
    assert due_on(an_outage(*outage)) == date(2027, 1, last_day)


def test_outages_that_overlap_count_once_and_others_add_up():
    first, second = an_outage(there(20), there(22)), an_outage(there(21), there(23))
    assert [one.days for one in pauses_of([second, first])] == [3]
    assert due_on(first, second) == date(2027, 1, 29)
    assert due_on(first, an_outage(there(24), there(25))) == date(2027, 1, 29)
    assert due_on(first, first) == date(2027, 1, 28)


def test_an_outage_that_joins_two_others_never_makes_them_count_less():
    apart = an_outage(there(20, 8), there(20, 9)), an_outage(there(20, 10), there(20, 11))
    assert due_on(*apart) == date(2027, 1, 28)
    assert due_on(*apart, an_outage(there(20, 9), there(20, 10))) == date(2027, 1, 28)


def test_an_outage_within_the_extended_time_counts_too():
    assert due_on(an_outage(there(25), there(26)), an_outage(there(27, 5), there(27, 6))) == date(2027, 1, 28)


def test_days_of_grace_are_added_to_each_outage():
    assert due_on(an_outage(there(25), there(26), grace_days=2)) == date(2027, 1, 29)


def test_a_grant_is_a_day_that_a_later_outage_moves_and_an_earlier_one_does_not():
    grant = Grant(end_of_day(date(2027, 2, 10), WIT), there(25))
    assert due_on(grants=(grant,)) == date(2027, 2, 10)
    assert due_on(an_outage(there(24), there(25)), grants=(grant,)) == date(2027, 2, 10)
    assert due_on(an_outage(there(5, month=2), there(7, month=2)), grants=(grant,)) == date(2027, 2, 12)


@given(
    st.lists(st.tuples(MOMENTS, st.integers(1, 96)), max_size=4),
    st.lists(st.tuples(MOMENTS, st.integers(0, 40)), max_size=2),
)
def test_the_order_of_recording_changes_nothing_and_nothing_shortens(spans, later):
    outages = [an_outage(start, start + timedelta(hours=hours)) for start, hours in spans]
    grants = [Grant(DUE + timedelta(days=days), at) for at, days in later]
    ends = {
        extended(DUE, OPENED, pauses_of(order), grants[::step], WIT).due_at
        for order in permutations(outages)
        for step in (1, -1)
    }
    assert len(ends) == 1
    end = ends.pop()
    assert end >= DUE
    for number in range(len(outages)):
        fewer = outages[:number] + outages[number + 1 :]
        assert extended(DUE, OPENED, pauses_of(fewer), grants, WIT).due_at <= end


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "code"),
    [
        (there(24), there(24), "not_after_from"),
        (there(24), there(28), "in_the_future"),
        (datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC) + timedelta(days=1), "too_early"),
        (there(24) - timedelta(days=366), there(26), "too_long"),
    ],
)
def test_an_implausible_outage_is_refused_with_what_would_be_right(starts_at, ends_at, code):
    with pytest.raises(InvalidInput) as refused:
        Outage.recorded(new_id(), RecordOutage(starts_at, ends_at, "x"), OutageRule(0, 31), ACCOUNT, there(27))
    assert [one.code for one in refused.value.errors] == [code]
