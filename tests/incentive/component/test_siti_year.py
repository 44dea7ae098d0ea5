"""The worked example of the field, month by month and to the rupiah."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from testkit.service import ServiceUnderTest
from tests.incentive.builders import V1, ok


@pytest.fixture(scope="module")
def service(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    """One of its own: the years that pass here would fire the timers of every other test's agency."""
    return make_service("incentive")


def siti(ministry):
    ministry.policy()
    ministry.amounts()
    someone = ministry.hire()
    ministry.open_credit(someone)
    return someone


def play_2026(ministry):
    someone = siti(ministry)
    second = None
    for number in range(1, 13):
        month = f"2026-{number:02d}"
        if number == 4:
            ministry.at(2026, 4, 6, 2)
            ministry.quarter(someone, 2026, 1, "GOOD")
        if number == 7:
            ministry.at(2026, 7, 6, 2)
            second = ministry.quarter(someone, 2026, 2, "NEEDS_IMPROVEMENT")
            ministry.at(2026, 7, 30, 2)
            ministry.attend(someone, "2026-07", TL1=2, PSW2=1)
        if number == 10:
            ministry.at(2026, 10, 6, 2)
            ministry.quarter(someone, 2026, 3, "GOOD")
        ministry.at(2026, number, 28, 2)
        ministry.pay(month)
    return someone, second


def test_siti_is_paid_54_277_912_rupiah_in_2026(ministry):
    someone, _ = play_2026(ministry)
    year = ministry.year(someone)
    assert [line["amount"] for line in year["lines"]] == [
        *[4_595_150] * 6,
        4_282_680,
        4_319_441,
        4_319_441,
        *[4_595_150] * 3,
    ]
    assert year["paid_amount"] == 54_277_912
    assert [line["predicate"] for line in year["lines"]] == [
        *[None] * 3,
        *["GOOD"] * 3,
        *["NEEDS_IMPROVEMENT"] * 3,
        *["GOOD"] * 3,
    ]


def test_the_explanation_of_july_can_be_recomputed_by_anybody(ministry, person):
    someone, second = play_2026(ministry)
    july = ministry.year(someone)["lines"][6]
    own = ministry.service.client(person(employee_id=someone))
    explained = ok(own.get(f"{V1}/allowances/{july['id']}/explanation"))
    assert explained["recomputed_amount"] == 4_282_680
    assert explained["matches"]
    values = {step["code"]: step["value"] for step in explained["steps"]}
    assert values["performance_paid"].rstrip("0").rstrip(".") == "2481381"
    assert values["attendance_paid"].rstrip("0") == "1801298.8"
    assert explained["provenance"]["predicate"]["evaluation_id"] == str(second)
    assert explained["provenance"]["predicate"]["period"] == "2026-Q2"
    assert explained["rule"]["version"] == 1
    assert "Perpres 103/2022 (BKN)" in explained["legal_sources"]


def test_credit_is_provisional_until_the_decision_and_then_102_500(ministry):
    someone = siti(ministry)
    ministry.two(
        ministry.hr.post(
            f"{V1}/predicate-history",
            json={"items": [{"employee_id": str(someone), "kind": "YEAR", "year": 2025, "predicate": "GOOD"}]},
        )
    )
    ministry.at(2027, 1, 12, 2)
    evaluation = ministry.issued(someone, 2026, "NEEDS_IMPROVEMENT")
    before = ministry.credit(someone)
    assert (before["balance"], before["provisional"]) == ("90.000", "99.375")
    assert ministry.finding(someone, "LEVEL_PROMOTION")["missing"] == ["credit", "vacancy", "competency_test"]
    assert ministry.published("CreditConverted") == []

    ministry.at(2027, 1, 29, 2)
    ministry.annual(someone, 2026, "GOOD", evaluation_id=evaluation, version=2)
    ministry.run_timers()
    after = ministry.credit(someone)
    assert (after["balance"], after["provisional"]) == ("102.500", None)
    assert after["entries"][0]["formula"] == "12/12 × 100% × 12.5 = 12.500"
    assert after["needs"] == {"rank": "100", "level": "100", "next_level": "AHLI_MUDA"}
    published = [event for event in ministry.published("EligibilityChanged") if event["kind"] == "LEVEL_PROMOTION"]
    assert published[-1]["missing"] == ["vacancy", "competency_test"]
    assert published[-1]["as_of"] == "2027-01-29"
    assert ministry.finding(someone, "RANK_PROMOTION")["eligible"]

    attested = {"vacancy": True, "competency_test": True, "reference": "Uji kompetensi 2027/1"}
    ministry.two(ministry.hr.put(f"{V1}/eligibility/{someone}/attestation", json=attested))
    ministry.run_timers()
    assert (
        ministry.published("EligibilityChanged")[-1] | {"eligible": True}
        == ministry.published("EligibilityChanged")[-1]
    )


def test_the_service_medal_comes_with_time_alone_on_1_march_2029(ministry):
    someone = siti(ministry)
    ministry.run_timers()
    ministry.at(2029, 2, 27, 20)
    ministry.run_timers()
    assert not any(event["kind"] == "SERVICE_MEDAL" for event in ministry.published("EligibilityChanged"))
    ministry.at(2029, 2, 28, 17, 30)  # past midnight in Jakarta
    ministry.run_timers()
    published = [event for event in ministry.published("EligibilityChanged") if event["kind"] == "SERVICE_MEDAL"]
    assert [(event["employee_id"], event["eligible"], event["as_of"]) for event in published] == [
        (str(someone), True, "2029-03-01")
    ]


def test_replaying_the_year_s_events_changes_nothing(ministry):
    someone = siti(ministry)
    evaluation = uuid4()
    ministry.at(2027, 1, 29, 2)
    for _ in range(3):
        ministry.annual(someone, 2026, "GOOD", evaluation_id=evaluation, version=2)
        ministry.issued(someone, 2026, "NEEDS_IMPROVEMENT", evaluation_id=evaluation)
    found = ministry.credit(someone)
    assert (found["balance"], len(found["entries"])) == ("102.500", 1)
    assert len(ministry.published("CreditConverted")) == 1
