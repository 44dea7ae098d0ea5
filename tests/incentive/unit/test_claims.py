"""Nobody is paid a negative sum, and nothing is lost: payments less what is still claimed are the sum of the lines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Conflict, InvalidInput
from incentive.domain.claim import (
    MOVES,
    Claim,
    ClaimState,
    Net,
    PlanRepayment,
    RepaymentRules,
    payment_of,
    repayment_rules_from,
)
from incentive.domain.errors import ClaimIsRepaid, ClaimOverpaid
from incentive.domain.months import add_months

NOW, SOMEBODY, MONTH = datetime(2026, 7, 28, tzinfo=UTC), uuid4(), date(2026, 8, 1)
RULES = RepaymentRules(Decimal(25), 24)


def claim(amount=9_852_150, now=NOW):
    return Claim.opened(uuid4(), SOMEBODY, uuid4(), amount, [], now)


def plan(one, instalment, from_month=MONTH):
    command = PlanRepayment(one.id, instalment, from_month, "sudah didengar", None)
    return one.planned(command, RULES, uuid4(), SOMEBODY, NOW, MONTH)


def test_a_negative_sum_is_claimed_and_nothing_is_paid():
    done = payment_of(Net(-9_852_150), [plan(claim(), 500_000)], MONTH, RULES)
    assert (done.amount, done.claimed, done.deductions) == (0, 9_852_150, ())


@pytest.mark.parametrize(
    "instalment,deducted",
    [(500_000, 500_000), (700_000, 632_812)],  # a quarter of 2,531,250 is 632,812.50
)
def test_an_instalment_is_deducted_up_to_the_ceiling(instalment, deducted):
    done = payment_of(Net(2_531_250), [plan(claim(), instalment)], MONTH, RULES)
    assert (done.amount, done.deducted) == (2_531_250 - deducted, deducted)


def test_the_oldest_claim_comes_first_and_the_ceiling_is_one_for_all():
    older, newer = plan(claim(300_000), 300_000), plan(claim(400_000, NOW + timedelta(days=1)), 400_000)
    done = payment_of(Net(2_000_000), [newer, older], MONTH, RULES)
    assert [(one.id, amount) for one, amount in done.deductions] == [(older.id, 300_000), (newer.id, 200_000)]


def test_nothing_is_deducted_before_the_plan_or_its_first_month():
    assert payment_of(Net(2_000_000), [claim(), plan(claim(), 500_000, date(2026, 9, 1))], MONTH, RULES).deducted == 0


def test_a_plan_that_takes_too_long_says_the_least_instalment():
    with pytest.raises(InvalidInput) as refused:
        plan(claim(9_852_150), 400_000)
    assert "410507" in refused.value.errors[0].expected  # 9,852,150 / 24 = 410,506.25


def test_the_last_repayment_ends_the_claim_and_more_is_refused():
    half = claim(1000).repaid(400, NOW)
    assert (half.state, half.outstanding) == (ClaimState.OPEN, 600)
    with pytest.raises(ClaimOverpaid):
        half.repaid(601, NOW)
    ended = half.repaid(600, NOW)
    assert (ended.state, ended.repaid_at) == (ClaimState.REPAID, NOW)


@pytest.mark.parametrize("state", ClaimState)
def test_a_claim_makes_the_moves_of_its_table_and_no_other(state):
    one = replace(claim(1000), state=state)
    for target, move in {
        ClaimState.PLANNED: lambda: plan(one, 500),
        ClaimState.REPAID: lambda: one.repaid(1000, NOW),
    }.items():
        if target in MOVES[state]:
            assert move().state is target
        else:
            with pytest.raises(ClaimIsRepaid) as refused:
                move()
            assert isinstance(refused.value, Conflict)


@pytest.mark.parametrize(
    "data",
    [
        {"ceiling_percent": "101", "longest_months": 1},
        {"ceiling_percent": "5", "longest_months": 0},
        {"ceiling_percent": "5", "longest_months": 1, "correction_percent": "-1"},
        {"ceiling_percent": "5", "longest_months": 1, "latest_start_months": 0},
    ],
)
def test_rules_that_make_no_sense_are_refused(data):
    with pytest.raises(InvalidInput):
        repayment_rules_from(data)


@pytest.mark.parametrize(
    ("corrections", "percent", "instalment", "deducted"),
    [
        (3_000_000, "100", 0, 3_000_000),  # all of it, though nothing is planned
        (3_000_000, "50", 0, 1_500_000),
        (3_000_000, "0", 0, 0),
        (-1_000_000, "100", 0, 0),
        (9_000_000, "100", 0, 4_000_000),  # no more than is owed
        (3_000_000, "100", 500_000, 3_500_000),  # and of the rest the instalment
        (1_000_001, "50", 500_000, 1_000_000),  # 500,000.5 is 500,000
    ],
)
def test_what_is_paid_of_earlier_months_settles_first_what_is_owed(corrections, percent, instalment, deducted):
    rules = RepaymentRules(Decimal(25), 24, Decimal(percent))
    owed = plan(claim(4_000_000), instalment) if instalment else claim(4_000_000)
    net = Net(4_595_150 + corrections, corrections)
    done = payment_of(net, [owed], MONTH, rules)
    assert (done.deducted, done.amount) == (deducted, net.amount - deducted)


def test_the_oldest_of_several_claims_is_settled_first_and_each_once():
    older, newer = plan(claim(300_000), 100_000), claim(400_000, NOW + timedelta(days=1))
    done = payment_of(Net(2_000_000, 500_000), [newer, older], MONTH, RULES)
    assert [(one.id, amount) for one, amount in done.deductions] == [(older.id, 300_000), (newer.id, 200_000)]


def test_no_more_is_settled_than_the_run_pays_the_person():
    done = payment_of(Net(200_000, 500_000), [claim(400_000)], MONTH, RULES)
    assert (done.deducted, done.amount) == (200_000, 0)


def test_a_plan_does_not_begin_years_from_now():
    assert plan(claim(1_000_000), 500_000, add_months(MONTH, 12)).from_month == date(2027, 8, 1)
    with pytest.raises(InvalidInput) as refused:
        plan(claim(1_000_000), 500_000, add_months(MONTH, 13))
    (fault,) = refused.value.errors
    assert (fault.field, fault.code, fault.value) == ("from_month", "plan_starts_too_late", "2027-09")
    assert fault.expected == "paling akhir 2027-08, 12 bulan sesudah bulan ini"


def test_rules_of_a_version_that_is_older_than_a_rule_have_the_usual_one():
    rules = repayment_rules_from({"ceiling_percent": "25", "longest_months": 24})
    assert (rules.correction_percent, rules.latest_start_months) == (100, 12)


RUNS = st.lists(
    st.tuples(
        st.integers(-20_000_000, 20_000_000),
        st.integers(0, 3_000_000),
        st.integers(0, 2_000_000),
        st.integers(-9_000_000, 9_000_000),
    ),
    min_size=1,
    max_size=12,
)


@given(RUNS, st.integers(0, 100), st.integers(0, 100))
def test_payments_less_what_is_still_claimed_are_the_sum_of_the_lines(runs, percent, settled):
    rules, claims, paid, received = RepaymentRules(Decimal(percent), 10**9, Decimal(settled)), [], 0, 0
    for place, (net, instalment, treasury, corrections) in enumerate(runs):
        month = add_months(MONTH, place)
        done = payment_of(Net(net, corrections), claims, month, rules)
        assert done.amount >= 0
        paid += done.amount
        changed = {one.id: one.repaid(amount, NOW) for one, amount in done.deductions}
        claims = [changed.get(one.id, one) for one in claims]
        if done.claimed:
            claims.append(claim(done.claimed, NOW + timedelta(days=place)))
        if instalment:
            command = PlanRepayment(uuid4(), instalment, month, "x", None)
            claims = [
                one.planned(command, rules, uuid4(), SOMEBODY, NOW, month)
                if one.state is not ClaimState.REPAID
                else one
                for one in claims
            ]
        if claims and 0 < treasury <= claims[-1].outstanding:
            claims[-1] = claims[-1].repaid(treasury, NOW)
            received += treasury
        outstanding = sum(one.outstanding for one in claims)
        assert paid - received - outstanding == sum(one for one, *_ in runs[: place + 1])
