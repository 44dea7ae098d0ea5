"""Each real rule of the field, with its figures, through the one policy model."""

import json
from dataclasses import replace
from decimal import Decimal
from importlib import resources

import pytest

from directory.people import EmployeeStatus, EmploymentType
from directory.performance import Predicate
from incentive.domain.allowance import AllowanceInputs, Study, calculate, inputs_from, inputs_to
from incentive.domain.tukin_rules import Rounding, TukinRules, faults, rules_from, rules_to
from incentive.domain.values import CircumstanceKind, StudyLevel

BASE = 4_595_150
TEMPLATES = json.loads(resources.files("incentive.persistence").joinpath("defaults/policies.json").read_text())


def policy(name: str) -> TukinRules:
    return rules_from(next(item["rules"] for item in TEMPLATES if item["name"] == name))


def inputs(**changes) -> AllowanceInputs:
    plain = AllowanceInputs(8, BASE, EmploymentType.PNS, EmployeeStatus.ACTIVE, Predicate.GOOD)
    return replace(plain, **changes)


@pytest.mark.parametrize(
    "predicate,counts,expected",
    [
        (None, {}, 4_595_150),
        (Predicate.GOOD, {}, 4_595_150),
        (Predicate.NEEDS_IMPROVEMENT, {"TL1": 2, "PSW2": 1}, 4_282_680),
        (Predicate.NEEDS_IMPROVEMENT, {}, 4_319_441),
        (Predicate.POOR_MISCONDUCT, {}, 4_181_587),  # 2,343,526.50 + 1,838,060 = 4,181,586.50
        (Predicate.VERY_POOR, {}, 4_043_732),
        (Predicate.GOOD, {"ABSENT": 30}, 2_757_090),  # cuts never pass the cap
    ],
)
def test_siti_s_year_is_exact_to_the_rupiah(predicate, counts, expected):
    assert calculate(inputs(predicate=predicate, counts=counts), policy("kementerian-contoh")).amount == expected


def test_siti_s_year_sums_to_what_was_paid():
    rules = policy("kementerian-contoh")
    months = [calculate(inputs(), rules)] * 9
    months.append(calculate(inputs(predicate=Predicate.NEEDS_IMPROVEMENT, counts={"TL1": 2, "PSW2": 1}), rules))
    months += [calculate(inputs(predicate=Predicate.NEEDS_IMPROVEMENT), rules)] * 2
    assert sum(month.amount for month in months) == 54_277_912


def test_the_working_shows_each_step_of_july():
    done = calculate(
        inputs(predicate=Predicate.NEEDS_IMPROVEMENT, counts={"TL1": 2, "PSW2": 1}), policy("kementerian-contoh")
    )
    values = {step.code: step.value for step in done.steps}
    assert values["performance_part"] == 2_757_090
    assert values["performance_paid"] == 2_481_381
    assert values["attendance_part"] == 1_838_060
    assert values["attendance_cut_percent"] == 2
    assert values["attendance_paid"] == Decimal("1801298.80")
    assert values["gross"] == Decimal("4282679.80")


@pytest.mark.parametrize(
    "changes,expected",
    [
        ({"employment_type": EmploymentType.CPNS}, 3_676_120),
        ({"status": EmployeeStatus.STUDY_LEAVE, "study": Study(StudyLevel.S2_S3, False), "base": 3_915_950}, 3_915_950),
        ({"status": EmployeeStatus.STUDY_LEAVE, "study": Study(StudyLevel.S2_S3, True), "base": 3_915_950}, 1_957_975),
        (
            {"status": EmployeeStatus.STUDY_LEAVE, "study": Study(StudyLevel.S1_DIPLOMA, False), "base": 3_510_400},
            3_510_400,
        ),
        ({"predicate": Predicate.VERY_POOR}, 4_595_150),
    ],
)
def test_permentan_20_2025_pays_cpns_eighty_per_cent_and_study_leave_by_class(changes, expected):
    assert calculate(inputs(**changes), policy("permentan-20-2025")).amount == expected


@pytest.mark.parametrize(
    "counts,expected",
    [
        ({}, 4_595_150),
        ({"REPORT_OFF": 1}, 4_319_441),  # performance part 90%
        ({"REPORT_OFF": 5}, 4_319_441),
        ({"REPORT_OFF": 6}, 4_181_587),  # 85%
        ({"REPORT_OFF": 10}, 4_181_587),
        ({"REPORT_OFF": 11}, 4_043_732),  # 80%
        ({"NO_REPORT": 1}, 3_630_169),  # performance part less 35%: 1,792,108.50 + 1,838,060
    ],
)
def test_permenlh_6_2025_cuts_the_performance_part_by_daily_reports(counts, expected):
    assert calculate(inputs(predicate=None, counts=counts), policy("permenlh-6-2025")).amount == expected


@pytest.mark.parametrize(
    "predicate,expected",
    [
        (Predicate.VERY_GOOD, 4_595_150),
        (Predicate.NEEDS_IMPROVEMENT, 4_595_150),
        (Predicate.POOR_MISCONDUCT, 4_549_199),  # -1% of full: 4,549,198.50
        (Predicate.VERY_POOR, 4_503_247),  # -2% of full
    ],
)
def test_bakamla_1_2023_cuts_the_full_amount(predicate, expected):
    assert calculate(inputs(predicate=predicate), policy("bakamla-1-2023")).amount == expected


@pytest.mark.parametrize(
    "predicate,expected",
    [
        (Predicate.GOOD, 4_595_150),
        (Predicate.NEEDS_IMPROVEMENT, 3_446_363),  # 3,446,362.50
        (Predicate.POOR_MISCONDUCT, 2_297_575),
        (Predicate.VERY_POOR, 1_148_788),  # 1,148,787.50
    ],
)
def test_pma_29_2016_cuts_by_last_year_s_predicate(predicate, expected):
    assert calculate(inputs(predicate=predicate), policy("pma-29-2016")).amount == expected


@pytest.mark.parametrize("counts,percent", [({"TL1": 1}, "0.5"), ({"TL4": 1, "PSW4": 1}, "4"), ({"ABSENT": 2}, "8")])
def test_permentan_68_2012_prices_lateness_on_the_full_amount(counts, percent):
    done = calculate(inputs(counts=counts), policy("permentan-68-2012"))
    exact = BASE * (1 - Decimal(percent) / 100)
    assert abs(done.amount - exact) <= Decimal("0.5")


def test_pp_94_2021_takes_a_quarter_off_what_is_left_after_the_agency_s_own_cuts():
    done = calculate(
        inputs(predicate=Predicate.NEEDS_IMPROVEMENT, discipline_percent=Decimal(25)), policy("kementerian-contoh")
    )
    assert done.amount == 3_239_581  # 4,319,441 x 0.75 = 3,239,580.75


@pytest.mark.parametrize(
    "changes,reason",
    [
        ({"status": EmployeeStatus.SUSPENDED}, "SUSPENDED"),
        ({"status": EmployeeStatus.UNPAID_LEAVE}, "UNPAID_LEAVE"),
        ({"status": EmployeeStatus.RETIRED}, "RETIRED"),
        ({"job_class": None, "base": None}, "NO_POSITION"),
        ({"circumstances": frozenset({CircumstanceKind.MPP_LEAVE})}, "MPP_LEAVE"),
        ({"circumstances": frozenset({CircumstanceKind.BLU_REMUNERATION})}, "BLU_REMUNERATION"),
    ],
)
def test_nothing_is_paid_with_the_reason_given(changes, reason):
    done = calculate(inputs(**changes), policy("kementerian-contoh"))
    assert (done.amount, done.not_payable) == (0, reason)


def test_rounding_down_is_a_choice_of_the_policy():
    rules = replace(policy("kementerian-contoh"), rounding=Rounding.DOWN)
    assert calculate(inputs(predicate=Predicate.NEEDS_IMPROVEMENT, counts={"TL1": 4}), rules).amount == 4_282_679


@pytest.mark.parametrize("name", [item["name"] for item in TEMPLATES])
def test_every_policy_template_can_be_published_and_written_back_unchanged(name):
    rules = policy(name)
    assert faults(rules) == []
    assert rules_from(rules_to(rules)) == rules


def test_faults_name_the_field_and_what_would_be_right():
    rules = policy("kementerian-contoh")
    broken = replace(
        rules,
        weight_performance=Decimal("0.7"),
        cpns_factor=Decimal(2),
        attendance_rules={"TL1": Decimal(-1)},
        predicate_factor={Predicate.GOOD: Decimal(1)},
    )
    codes = {fault.code for fault in faults(broken)}
    assert codes == {"weights_not_one", "share_out_of_range", "percent_out_of_range", "predicate_without_factor"}
    assert all(fault.expected for fault in faults(broken))


def test_kept_inputs_lead_to_the_same_amount():
    given = inputs(
        counts={"TL1": 2},
        discipline_percent=Decimal(25),
        study=Study(StudyLevel.S2_S3, True),
        circumstances=frozenset({CircumstanceKind.STUDY_LEAVE}),
    )
    assert inputs_from(json.loads(json.dumps(inputs_to(given)))) == given
