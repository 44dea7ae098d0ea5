import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from directory.performance import Predicate
from incentive.domain.career import Career, eligibility_rules_from
from incentive.domain.eligibility import assess, level_promotion, periodic_raise, rank_promotion, service_medal
from incentive.domain.talent import Potential, box
from incentive.domain.values import PenaltyLevel


def default(name):
    return json.loads(resources.files("incentive.persistence").joinpath(f"defaults/{name}.json").read_text())["data"]


RULES = eligibility_rules_from(default("credit"), default("eligibility"), "PermenPANRB 1/2023")
SITI = Career(
    EmploymentType.PNS,
    EmployeeStatus.ACTIVE,
    "III/b",
    date(2023, 4, 1),
    date(2019, 3, 1),
    PositionKind.JF,
    PositionLevel.AHLI_PERTAMA,
    {2025: Predicate.GOOD},
    Decimal("90.000"),
)
CLERK = replace(
    SITI, position_kind=PositionKind.PELAKSANA, position_level=None, annual={2025: Predicate.GOOD, 2024: Predicate.GOOD}
)


def test_siti_misses_credit_before_the_decision_and_only_vacancy_and_test_after_it():
    before = level_promotion(SITI, RULES, date(2027, 1, 12))
    assert before.missing == ["credit", "vacancy", "competency_test"]
    after = level_promotion(replace(SITI, credit_balance=Decimal("102.500")), RULES, date(2027, 1, 29))
    assert (after.eligible, after.missing) == (False, ["vacancy", "competency_test"])
    done = level_promotion(
        replace(SITI, credit_balance=Decimal("102.500"), vacancy=True, competency_test=True), RULES, date(2027, 2, 1)
    )
    assert done.eligible


def test_two_years_at_least_good_hold_for_siti_after_the_decision():
    final = replace(SITI, credit_balance=Decimal("102.500"), annual={2025: Predicate.GOOD, 2026: Predicate.GOOD})
    assert rank_promotion(final, RULES, date(2027, 1, 29)).eligible
    low = replace(final, annual={2025: Predicate.GOOD, 2026: Predicate.NEEDS_IMPROVEMENT})
    assert "predicates" in rank_promotion(low, RULES, date(2027, 1, 29)).missing


@pytest.mark.parametrize(
    "changes,missing",
    [
        ({}, ["years_in_rank"]),
        ({"grade_since": date(2022, 4, 1)}, []),
        ({"grade_since": date(2022, 4, 1), "annual": {2025: Predicate.GOOD}}, ["predicates"]),
        ({"grade_since": date(2022, 4, 1), "employment_type": EmploymentType.PPPK}, ["employment_type"]),
        ({"grade_since": date(2022, 4, 1), "status": EmployeeStatus.SUSPENDED}, ["active"]),
        ({"grade_since": date(2022, 4, 1), "grade": "IV/e"}, ["next_grade"]),
    ],
)
def test_regular_promotion_asks_four_years_and_two_good_results(changes, missing):
    assert rank_promotion(replace(CLERK, **changes), RULES, date(2026, 5, 1)).missing == missing


def test_an_agency_may_ask_that_the_next_grade_lies_within_the_level():
    rules = replace(RULES, rank_functional=replace(RULES.rank_functional, level_ceiling=True))
    final = replace(SITI, credit_balance=Decimal("102.500"), annual={2025: Predicate.GOOD, 2026: Predicate.GOOD})
    assert rank_promotion(final, rules, date(2027, 1, 29)).missing == ["level_allows_grade"]  # III/c is Ahli Muda's


def test_a_promotion_that_time_brings_is_reviewed_on_its_day():
    assert rank_promotion(CLERK, RULES, date(2026, 5, 1)).review_on == date(2027, 1, 1)
    assert rank_promotion(CLERK, RULES, date(2027, 2, 1)).review_on == date(2027, 4, 1)


@pytest.mark.parametrize(
    "today,eligible",
    [(date(2026, 12, 31), False), (date(2027, 1, 1), True), (date(2027, 3, 1), True), (date(2027, 3, 2), False)],
)
def test_the_periodic_raise_is_noticed_two_months_before_every_second_year(today, eligible):
    assert periodic_raise(SITI, RULES, today).eligible is eligible


def test_a_raise_waits_for_a_result_that_is_at_least_enough():
    poor = replace(SITI, annual={2026: Predicate.VERY_POOR})
    assert periodic_raise(poor, RULES, date(2027, 2, 1)).missing == ["predicates"]
    enough = replace(SITI, annual={2026: Predicate.NEEDS_IMPROVEMENT})
    assert periodic_raise(enough, RULES, date(2027, 2, 1)).eligible


def test_pppk_grade_v_gets_the_first_raise_after_one_year_and_others_after_two_good_ones():
    five = Career(
        EmploymentType.PPPK, EmployeeStatus.ACTIVE, "V", None, date(2025, 6, 1), annual={2025: Predicate.GOOD}
    )
    assert periodic_raise(five, RULES, date(2026, 5, 1)).eligible
    nine = replace(five, grade="IX", service_start=date(2024, 6, 1))
    assert periodic_raise(nine, RULES, date(2026, 5, 1)).missing == ["predicates"]
    assert periodic_raise(
        replace(nine, annual={2025: Predicate.GOOD, 2024: Predicate.GOOD}), RULES, date(2026, 5, 1)
    ).eligible


def test_siti_s_medal_comes_on_the_first_of_march_2029_at_the_earliest():
    waiting = service_medal(SITI, RULES, date(2029, 2, 28))
    assert (waiting.eligible, waiting.missing, waiting.review_on) == (False, ["service_years"], date(2029, 3, 1))
    assert service_medal(SITI, RULES, date(2029, 3, 1)).eligible


@pytest.mark.parametrize(
    "changes,missing",
    [
        ({"penalties": frozenset({PenaltyLevel.MODERATE})}, ["no_discipline_penalty"]),
        ({"penalties": frozenset({PenaltyLevel.LIGHT})}, []),
        ({"unpaid_leave_taken": True}, ["unbroken_service"]),
        ({"medals": frozenset({10})}, ["service_years"]),
        ({"employment_type": EmploymentType.PPPK}, ["employment_type"]),
    ],
)
def test_the_medal_asks_for_an_unbroken_and_clean_service(changes, missing):
    assert service_medal(replace(SITI, **changes), RULES, date(2029, 3, 1)).missing == missing


def test_every_reason_carries_value_requirement_and_source():
    for finding in assess(SITI, RULES, date(2026, 5, 1)):
        assert all(reason.value and reason.required and reason.source for reason in finding.reasons)


def test_training_hours_count_only_where_the_agency_asks_for_them():
    rules = replace(RULES, rank_regular=replace(RULES.rank_regular, min_training_hours=20))
    ripe = replace(CLERK, grade_since=date(2020, 4, 1), training_hours={2025: 12})
    assert rank_promotion(ripe, rules, date(2026, 5, 1)).missing == ["training_hours"]
    assert rank_promotion(replace(ripe, training_hours={2025: 24}), rules, date(2026, 5, 1)).eligible


@pytest.mark.parametrize(
    "predicate,potential,expected",
    [
        ("VERY_GOOD", "HIGH", 9),
        ("GOOD", "MEDIUM", 5),
        ("VERY_POOR", "LOW", 1),
        ("GOOD", "HIGH", 8),
        ("VERY_GOOD", "MEDIUM", 7),
    ],
)
def test_the_nine_boxes(predicate, potential, expected):
    assert box(Predicate(predicate), Potential(potential)) == expected
