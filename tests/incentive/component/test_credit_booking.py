"""Credit points: booked once, by the final annual result; periodic ones replaced; corrections as differences."""

from itertools import permutations
from uuid import uuid4

import pytest

from tests.incentive.builders import V1


@pytest.fixture
def siti(ministry):
    someone = ministry.hire(effective_from="2025-12-01")
    ministry.open_credit(someone)
    ministry.at(2027, 1, 29, 2)
    return someone


def periodic(ministry, someone, quarter, predicate="GOOD", months=3):
    ministry.quarter(someone, 2026, quarter, predicate)
    body = {"year": 2026, "quarter": quarter, "months": months}
    return ministry.two(ministry.hr.post(f"{V1}/credit/{someone}/periodic", json=body))


def test_the_annual_result_replaces_the_year_s_periodic_credit(ministry, siti):
    assert periodic(ministry, siti, 1)["credit"] == "3.125"
    assert periodic(ministry, siti, 2, "NEEDS_IMPROVEMENT")["credit"] == "2.344"
    assert periodic(ministry, siti, 3, "GOOD", months=2)["credit"] == "2.083"
    assert ministry.credit(siti)["balance"] == "97.552"
    ministry.annual(siti, 2026, "GOOD")
    after = ministry.credit(siti)
    assert after["balance"] == "102.500"
    assert [entry["counts"] for entry in after["entries"]] == [False, False, False, True]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_is_issued_anew_moves_nothing_until_it_is_final_in_whatever_order_it_comes(ministry, siti, order):
    evaluation = uuid4()
    steps = (
        lambda: ministry.annual(siti, 2026, "GOOD", evaluation_id=evaluation),
        lambda: ministry.issued(siti, 2026, "NEEDS_IMPROVEMENT", evaluation_id=evaluation, version=2),
        lambda: ministry.corrected(siti, 2026, "NEEDS_IMPROVEMENT", evaluation_id=evaluation, version=2),
    )
    if order == (0, 1, 2):
        for step in steps[:2] * 2:
            step()
        assert (ministry.credit(siti)["balance"], ministry.credit(siti)["provisional"]) == ("102.500", None)
    for number in order:
        steps[number]()
    assert ministry.credit(siti)["balance"] == "99.375"
    ministry.corrected(siti, 2026, "GOOD", evaluation_id=evaluation, version=3, previous="NEEDS_IMPROVEMENT")
    assert (ministry.credit(siti)["balance"], ministry.credit(siti)["provisional"]) == ("102.500", None)


def test_the_credit_of_a_month_is_booked_once_and_replaced_by_the_annual_result(ministry, siti):
    for month in (3, 4):
        ministry.month(siti, 2026, month, "GOOD")
    path = f"{V1}/credit/{siti}/periodic"
    booked = ministry.two(ministry.hr.post(path, json={"year": 2026, "month": 4}))
    assert (booked["credit"], booked["months"], booked["month"], booked["part"]) == ("1.042", 1, 4, 0)
    again = ministry.hr.post(path, json={"year": 2026, "month": 4}).get_json()
    assert again["code"] == "credit_period_already_booked"
    ministry.quarter(siti, 2026, 2, "GOOD")
    overlapping = ministry.hr.post(path, json={"year": 2026, "quarter": 2}).get_json()
    assert overlapping["code"] == "credit_period_already_booked"
    for both in ({"quarter": 1, "month": 3}, {}):
        assert ministry.hr.post(path, json={"year": 2026, **both}).status_code == 422
    ministry.two(ministry.hr.post(path, json={"year": 2026, "month": 3}))
    ministry.annual(siti, 2026, "GOOD")
    after = ministry.credit(siti)
    assert after["balance"] == "102.500"
    assert [entry["counts"] for entry in after["entries"]] == [False, False, True]


def test_credit_that_a_decision_has_used_stays_and_its_months_are_not_counted_again(ministry, siti):
    used = periodic(ministry, siti, 1, "VERY_GOOD")
    periodic(ministry, siti, 2)
    body = {"number": "PAK-1/2026", "decided_on": "2026-07-01", "purpose": "RECORD", "entry_ids": [used["id"]]}
    decision = ministry.two(ministry.hr.post(f"{V1}/credit/{siti}/decisions", json=body))
    assert (decision["total"], decision["balance"]) == ("4.688", "97.813")
    ministry.annual(siti, 2026, "GOOD")
    after = ministry.credit(siti)
    assert after["balance"] == "104.063"  # 90 + 4.688 used + 9/12 x 12.5
    assert [(entry["kind"], entry["months"], entry["counts"]) for entry in after["entries"]] == [
        ("PERIODIC", 3, True),
        ("PERIODIC", 3, False),
        ("ANNUAL", 9, True),
    ]
    again = ministry.hr.post(f"{V1}/credit/{siti}/decisions", json={**body, "number": "PAK-2/2026"})
    assert again.get_json()["code"] == "credit_entry_not_usable"
    taken = ministry.hr.post(f"{V1}/credit/{siti}/decisions", json=body)
    assert taken.get_json()["code"] == "incentive_decision_number_taken"


def test_a_corrected_annual_result_is_booked_as_the_difference(ministry, siti):
    evaluation = ministry.annual(siti, 2026, "NEEDS_IMPROVEMENT")
    ministry.corrected(siti, 2026, "VERY_GOOD", evaluation_id=evaluation, version=2, previous="NEEDS_IMPROVEMENT")
    after = ministry.credit(siti)
    assert after["balance"] == "108.750"
    first, second = after["entries"]
    assert (first["kind"], first["credit"]) == ("ANNUAL", "9.375")
    assert (second["kind"], second["credit"], second["corrects_id"]) == ("CORRECTION", "9.375", first["id"])
    assert len(ministry.published("CreditConverted")) == 2


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_issued_final_and_corrected_end_the_same_in_any_order(ministry, siti, order):
    evaluation = uuid4()
    deliveries = [
        lambda: ministry.issued(siti, 2026, "VERY_POOR", evaluation_id=evaluation, version=1),
        lambda: ministry.annual(siti, 2026, "NEEDS_IMPROVEMENT", evaluation_id=evaluation, version=2),
        lambda: ministry.corrected(siti, 2026, "GOOD", evaluation_id=evaluation, version=3),
    ]
    for number in order:
        deliveries[number]()
    after = ministry.credit(siti)
    assert (after["balance"], after["provisional"]) == ("102.500", None)


def test_a_result_received_before_the_position_is_booked_once_the_position_is_known(ministry):
    ministry.at(2027, 1, 29, 2)
    someone = ministry.employ()
    ministry.annual(someone, 2026, "GOOD")
    assert ministry.hr.get(f"{V1}/credit/{someone}").status_code == 404
    ministry.assign(someone, effective_from="2026-07-15")
    after = ministry.credit(someone)
    assert (after["balance"], after["entries"][0]["months"]) == ("6.250", 6)


def test_credit_starts_at_zero_in_a_new_level(ministry, siti):
    ministry.assign(siti, position_level="AHLI_MUDA", job_class=9, effective_from="2026-10-01")
    ministry.annual(siti, 2026, "GOOD")
    after = ministry.credit(siti)
    assert (after["level"], after["balance"]) == ("AHLI_MUDA", "6.250")
    assert {entry["level"]: entry["credit"] for entry in after["entries"]} == {
        "AHLI_PERTAMA": "9.375",
        "AHLI_MUDA": "6.250",
    }
    assert not after["opening"]["counts"]


def test_a_corrected_position_rebooks_the_years_it_changes(ministry, siti):
    ministry.annual(siti, 2026, "GOOD")
    ministry.assign(siti, position_level=None, position_kind="PELAKSANA", effective_from="2026-12-01")
    ministry.assign(siti, effective_from="2027-01-01")
    after = ministry.credit(siti)
    assert after["balance"] == "101.458"  # eleven months
    assert [entry["kind"] for entry in after["entries"]] == ["ANNUAL", "CORRECTION"]


def test_what_cannot_be_booked_is_refused_with_the_reason(ministry, siti):
    def code(path, body):
        return ministry.hr.post(f"{V1}/credit/{path}/periodic", json=body).get_json()["code"]

    assert code(siti, {"year": 2026, "quarter": 1}) == "credit_predicate_missing"
    ministry.quarter(siti, 2026, 1, "GOOD")
    clerk = ministry.hire(position_kind="PELAKSANA", position_level=None)
    ministry.quarter(clerk, 2026, 1, "GOOD")
    assert code(clerk, {"year": 2026, "quarter": 1}) == "credit_level_missing"
    assert code(uuid4(), {"year": 2026, "quarter": 1}) == "not_found"
    ministry.two(ministry.hr.post(f"{V1}/credit/{siti}/periodic", json={"year": 2026, "quarter": 1}))
    assert code(siti, {"year": 2026, "quarter": 1}) == "credit_period_already_booked"
    ministry.annual(siti, 2026, "GOOD")
    ministry.quarter(siti, 2026, 2, "GOOD")
    assert code(siti, {"year": 2026, "quarter": 2}) == "credit_year_already_booked"


def test_a_year_inside_the_opening_balance_is_not_counted_twice(ministry, siti):
    ministry.annual(siti, 2025, "VERY_GOOD")
    assert ministry.credit(siti)["balance"] == "90.000"


@pytest.mark.parametrize("status", ["UNPAID_LEAVE", "SUSPENDED", "STUDY_LEAVE"])
def test_months_without_evaluation_give_no_credit(ministry, siti, status):
    ministry.employ(siti, status=status, effective_from="2026-02-01")
    ministry.employ(siti, effective_from="2026-12-01")
    ministry.annual(siti, 2026, "GOOD")
    after = ministry.credit(siti)
    assert after["entries"][0]["formula"] == "2/12 × 100% × 12.5 = 2.083"
    assert after["month_rule"]["least_days"] == 1
    assert status in after["month_rule"]["without_credit"]


def test_leave_that_is_recorded_after_the_year_is_booked_is_corrected(ministry, siti):
    ministry.annual(siti, 2026, "GOOD")
    ministry.employ(siti, status="UNPAID_LEAVE", effective_from="2026-02-01")
    ministry.employ(siti, effective_from="2026-12-01")
    after = ministry.credit(siti)
    assert after["balance"] == "92.083"
    assert [entry["kind"] for entry in after["entries"]] == ["ANNUAL", "CORRECTION", "CORRECTION"]


def test_periodic_credit_counts_the_months_that_do(ministry, siti):
    ministry.employ(siti, status="UNPAID_LEAVE", effective_from="2026-02-01")
    assert periodic(ministry, siti, 1)["months"] == 1
    ministry.quarter(siti, 2026, 2, "GOOD")
    refused = ministry.hr.post(f"{V1}/credit/{siti}/periodic", json={"year": 2026, "quarter": 2})
    assert refused.get_json()["code"] == "credit_level_missing"
