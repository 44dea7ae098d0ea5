"""A month is paid by its stretches, each kind of change by its own rule. June 2026 has 30 days, 22 of them weekdays."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.people import EmployeeStatus, EmploymentType
from incentive.domain.allowance import AllowanceInputs
from incentive.domain.change_rules import ChangeKind, ChangeRule, change_faults
from incentive.domain.class_amount import ClassAmountView
from incentive.domain.month_allowance import MonthPart, PaidSegment, calculate_month, month_inputs_to, parts_from
from incentive.domain.month_segments import PayMonth, month_segments
from incentive.domain.person import PersonStretch
from incentive.domain.policy import Policy, PolicyDraft
from incentive.domain.policy_days import policies_of_month, trial_of_month
from incentive.domain.tukin_rules import faults, rules_from, rules_to
from incentive.domain.work_calendar import WorkCalendar
from tests.incentive.builders import RULES

JUNE, SINCE = date(2026, 6, 1), date(2026, 5, 31)
PLAIN = WorkCalendar(5, frozenset())
AMOUNTS = {8: 4_595_150, 12: 9_896_000}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
CALENDAR, WORKING, FIRST, LAST, NEXT = ChangeRule


def june(day):
    return date(2026, 6, day)


def policy(number=1, valid_from=date(2026, 1, 1), valid_to=None, **changes):
    draft = PolicyDraft("Tukin", valid_from, valid_to, rules_from({**RULES, **changes}), "rekaan", "")
    return Policy.drafted(uuid4(), number, draft, uuid4(), NOW)


def by(rule, *kinds):
    """Return a policy in which one rule is asked for these kinds of change, and the last day for all others."""
    return policy(changes=dict.fromkeys(kinds, rule.value))


def time(*stretches):
    """Make stretches from tuples of a first day and what differs from an ordinary employee of class 8."""
    plain = PersonStretch(SINCE, june(30), EmployeeStatus.ACTIVE, EmploymentType.PNS, 8, None)
    found = [replace(plain, first_day=day, **values) for day, values in stretches]
    ends = [one.first_day - timedelta(days=1) for one in found[1:]] + [june(30)]
    return [replace(one, last_day=end) for one, end in zip(found, ends, strict=True)]


def segments_of(stretches, *policies, calendar=PLAIN, doubled_from=None):
    def amount_on(held, _policy, day):
        amount = AMOUNTS.get(held.job_class)
        if amount and doubled_from and day >= doubled_from:
            return ClassAmountView(held.job_class, 2 * amount, doubled_from, 1, "Perpres baru", "")
        return amount and ClassAmountView(held.job_class, amount, date(2022, 1, 1), 1, "Perpres", "")

    days = (JUNE, doubled_from) if doubled_from else (JUNE,)
    pay_month = PayMonth(JUNE, policies_of_month(policies, JUNE), days, calendar)
    return month_segments(pay_month, stretches, amount_on)


def paid(segments):
    return [
        PaidSegment(
            one,
            AllowanceInputs(
                one.held.job_class,
                one.held.amount and one.held.amount.amount,
                one.held.employment_type,
                one.held.status,
            ),
        )
        for one in segments
    ]


def amount(segments):
    return calculate_month([one.part for one in paid(segments)]).amount


@pytest.mark.parametrize(
    "rule,calendar,expected",
    [
        (CALENDAR, PLAIN, 7_245_575),  # 15/30 x 4,595,150 + 15/30 x 9,896,000
        (WORKING, PLAIN, 7_245_575),  # 11/22 and 11/22
        (WORKING, WorkCalendar(5, frozenset({june(1)})), 7_371_786),  # 10/21 and 11/21: 7,371,785.71
        (WORKING, WorkCalendar(6, frozenset()), 7_245_575),  # 13/26 and 13/26
        (FIRST, PLAIN, 4_595_150),
        (LAST, PLAIN, 9_896_000),
        (NEXT, PLAIN, 4_595_150),
    ],
)
def test_class_8_becomes_12_on_16_june(rule, calendar, expected):
    stretches = time((SINCE, {}), (june(16), {"job_class": 12}))
    assert amount(segments_of(stretches, by(rule, "CLASS"), calendar=calendar)) == expected


@pytest.mark.parametrize(
    "rule,expected",
    [
        (CALENDAR, 306_343),  # 2/30: 306,343.33
        (WORKING, 417_741),  # 2/22: 417,740.91
        (FIRST, None),
        (LAST, 4_595_150),
        (NEXT, None),
    ],
)
def test_joined_on_29_june(rule, expected):
    segments = segments_of(time((june(29), {})), by(rule, "START"))
    assert (amount(segments) if segments else None) == expected


@pytest.mark.parametrize(
    "rule,expected",
    [
        (CALENDAR, 4_441_978),  # 29/30: 4,441,978.33
        (WORKING, 4_386_280),  # 21/22: 4,386,279.55
        (FIRST, 4_595_150),
        (LAST, None),
        (NEXT, 4_595_150),
    ],
)
def test_retired_from_30_june(rule, expected):
    stretches = time((SINCE, {}), (june(30), {"status": EmployeeStatus.RETIRED}))
    segments = segments_of(stretches, by(rule, "END"))
    assert (amount(segments) if segments else None) == expected


def test_an_end_on_the_first_belongs_to_the_month_before():
    stretches = time((SINCE, {}), (june(1), {"status": EmployeeStatus.RETIRED}))
    assert segments_of(stretches, by(NEXT, "END")) == ()


@pytest.mark.parametrize(
    "rule,expected",
    [
        (CALENDAR, 153_172),  # 1/30: 153,171.67
        (WORKING, 208_870),  # 1/22: 208,870.45
        (FIRST, 0),
        (LAST, 4_595_150),
        (NEXT, 4_595_150),  # the leave counts from July on
    ],
)
def test_unpaid_leave_from_1_to_29_june(rule, expected):
    stretches = time((SINCE, {}), (june(1), {"status": EmployeeStatus.UNPAID_LEAVE}), (june(30), {}))
    segments = segments_of(stretches, by(rule, "LEAVE"))
    done = calculate_month([one.part for one in paid(segments)])
    assert (done.amount, done.not_payable) == (expected, None if expected else "UNPAID_LEAVE")


def test_two_changes_in_a_month_each_by_its_own_day():
    candidate = {"employment_type": EmploymentType.CPNS}
    stretches = time((SINCE, candidate), (june(11), {**candidate, "job_class": 12}), (june(21), {"job_class": 12}))
    segments = segments_of(stretches, by(CALENDAR, "CLASS", "TYPE"))
    assert [(one.calendar_days, one.share, one.changes) for one in segments] == [
        (10, Fraction(1, 3), ()),
        (10, Fraction(1, 3), (ChangeKind.CLASS,)),
        (10, Fraction(1, 3), (ChangeKind.TYPE,)),
    ]
    assert amount(segments) == 7_162_973  # (3,676,120 + 7,916,800 + 9,896,000) / 3 = 7,162,973.33


def test_a_change_by_days_beside_one_by_the_last_day():
    candidate = {"employment_type": EmploymentType.CPNS}
    stretches = time((SINCE, candidate), (june(11), {**candidate, "job_class": 12}), (june(21), {"job_class": 12}))
    segments = segments_of(stretches, by(CALENDAR, "CLASS"))
    assert amount(segments) == 8_129_050  # PNS all month: 10/30 x 4,595,150 + 20/30 x 9,896,000


@pytest.mark.parametrize("rule,expected", [(CALENDAR, 6_892_725), (FIRST, 4_595_150), (LAST, 9_190_300)])
def test_the_amount_of_the_class_doubles_from_16_june(rule, expected):
    assert amount(segments_of(time((SINCE, {})), by(rule, "AMOUNT"), doubled_from=june(16))) == expected


@pytest.mark.parametrize(
    "rule,expected",
    [
        (CALENDAR, 3_921_195),  # 14/30 x 3,676,120 + 16/30 x 4,135,635 = 3,921,194.67
        (WORKING, 3_926_765),  # 10/22 and 12/22: 3,926,764.55
    ],
)
def test_a_policy_begins_on_15_june(rule, expected):
    before = policy()
    after = policy(2, june(15), cpns_factor="0.90", changes={"POLICY": rule.value})
    stretches = time((SINCE, {"employment_type": EmploymentType.CPNS}))
    segments = segments_of(stretches, before, after)
    assert [one.policy.number for one in segments] == [1, 2]
    assert amount(segments) == expected


def test_the_days_before_the_first_policy_are_not_paid():
    segments = segments_of(time((SINCE, {})), policy(1, june(16)))
    assert [(one.first_day, one.share, one.changes) for one in segments] == [
        (june(16), Fraction(1, 2), (ChangeKind.POLICY,))
    ]


def test_a_policy_that_ends_within_a_month_governs_the_rest_unless_another_begins():
    ended, later = policy(1, valid_to=june(10)), policy(2, date(2026, 7, 1))
    (days,) = policies_of_month([ended, later], JUNE)
    assert (days.first_day, days.last_day, days.policy.number) == (june(1), june(30), 1)
    found = policies_of_month([ended, policy(2, june(21))], JUNE)
    assert [(one.last_day, one.policy.number) for one in found] == [(june(20), 1), (june(30), 2)]


def test_a_trial_governs_its_own_days_and_the_whole_month_where_it_has_none():
    current, tried = policies_of_month([policy()], JUNE), policy(2, june(15), june(20))
    found = trial_of_month(tried, current, JUNE)
    assert [(one.first_day.day, one.last_day.day, one.policy.number) for one in found] == [
        (1, 14, 1),
        (15, 20, 2),
        (21, 30, 1),
    ]
    (whole,) = trial_of_month(policy(3, date(2027, 1, 1)), current, JUNE)
    assert whole.policy.number == 3


def test_stored_segments_lead_to_the_same_amount():
    stretches = time((SINCE, {}), (june(16), {"job_class": 12}))
    chosen = by(CALENDAR, "CLASS")
    segments = paid(segments_of(stretches, chosen))
    stored = json.loads(json.dumps(month_inputs_to(segments)))
    again = parts_from(stored, chosen, {chosen.id: chosen})
    assert calculate_month(again) == calculate_month([one.part for one in segments])


def test_a_whole_month_is_stored_as_before_and_read_as_before():
    chosen = policy()
    (one,) = paid(segments_of(time((SINCE, {})), chosen))
    stored = month_inputs_to([one])
    assert "segments" not in stored
    assert calculate_month(parts_from(stored, chosen, {})).amount == 4_595_150


def test_a_stored_policy_keeps_the_day_that_it_says():
    for held_on in ("FIRST_DAY", "LAST_DAY"):
        rules = rules_from({**RULES, "held_on": held_on})
        assert {rule for kind, rule in rules.changes.items() if kind is not ChangeKind.POLICY} == {ChangeRule(held_on)}
        assert rules_from(rules_to(rules)) == rules


def test_an_amount_or_a_policy_knows_no_next_month():
    rules = rules_from({**RULES, "changes": {"AMOUNT": "NEXT_MONTH", "POLICY": "LAST_DAY", "CLASS": "NEXT_MONTH"}})
    assert {fault.field for fault in faults(rules)} == {"rules.changes.AMOUNT", "rules.changes.POLICY"}
    assert all("CALENDAR_DAYS" in fault.expected for fault in change_faults(rules.changes))


STRETCH = st.fixed_dictionaries(
    {
        "job_class": st.sampled_from([8, 12]),
        "status": st.sampled_from([EmployeeStatus.ACTIVE, EmployeeStatus.UNPAID_LEAVE, EmployeeStatus.RETIRED]),
        "employment_type": st.sampled_from([EmploymentType.CPNS, EmploymentType.PNS]),
    }
)
RULE_OF_EACH = st.fixed_dictionaries(
    {kind.value: st.sampled_from([rule.value for rule in ChangeRule]) for kind in ChangeKind if kind != "POLICY"}
)


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=5, unique=True).map(sorted),
    st.lists(STRETCH, min_size=5, max_size=5),
    RULE_OF_EACH,
)
def test_shares_are_never_negative_and_sum_to_at_most_one(offsets, values, rules):
    stretches = time(*((SINCE + timedelta(days=day), value) for day, value in zip(offsets, values, strict=False)))
    segments = segments_of(stretches, policy(changes=rules), calendar=WorkCalendar(5, frozenset({june(1)})))
    assert all(one.share >= 0 for one in segments)
    assert sum(one.share for one in segments) <= 1
    always = all(one.status is not EmployeeStatus.RETIRED for one in stretches) and offsets[0] == 0
    if always:
        assert sum(one.share for one in segments) == 1


def test_a_boundary_never_lies_before_an_earlier_one():
    """By calendar days 4 June lies at 3/30; by working days, with holidays on the first four, 5 June lies at zero."""
    holidays = WorkCalendar(5, frozenset(june(day) for day in range(1, 5)))
    candidate = {"employment_type": EmploymentType.CPNS}
    stretches = time((SINCE, candidate), (june(4), {**candidate, "job_class": 12}), (june(5), {"job_class": 12}))
    chosen = policy(changes={"CLASS": "CALENDAR_DAYS", "TYPE": "WORKING_DAYS"})
    segments = segments_of(stretches, chosen, calendar=holidays)
    assert [one.share for one in segments] == [Fraction(1, 10), Fraction(0), Fraction(9, 10)]


def test_rounding_is_done_once_for_the_month():
    half = MonthPart(Fraction(1, 2), "", AllowanceInputs(8, 1), policy().rules)
    assert calculate_month([half, half]).amount == 1
