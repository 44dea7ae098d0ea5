"""How a rule is changed, and how far it may go."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.periods import Period
from appraisal.domain.rating import Rating
from appraisal.domain.rating_basis import RuleUsed
from appraisal.domain.rule_errors import (
    ProposalMoveRefused,
    ProposalNeedsSecondOfficer,
    ProposalOfAnother,
    RuleChangedMeanwhile,
    RuleOfOwnCase,
)
from appraisal.domain.rule_proposal import MOVES, OwnCases, ProposalState, ProposeRule, RuleProposal
from appraisal.domain.rule_views import CONCERNED
from appraisal.domain.rules import NationalLimit, Rule, RuleKind
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import RatingLevel
from appraisal.persistence.rules import national_limits, national_rules, own_book
from chassis.errors import InvalidInput
from chassis.ids import new_id
from directory.performance import Predicate
from tests.appraisal.unit.test_evaluation import an_evaluation

TODAY, DAY, NOW = date(2026, 4, 6), date(2026, 5, 1), datetime(2026, 4, 6, 3, tzinfo=UTC)
BOOK = own_book(())
FIRST, SECOND = new_id(), new_id()
FAIR = {"objection_days": 21, "decision_days": 14, "deemed_receipt_days": 10}
NATIONAL = next(one.value for one in national_rules() if one.kind is RuleKind.PREDICATE_MATRIX)
NO_CASE = OwnCases()
LEVELS = ("ABOVE", "MEETS", "BELOW")


def proposal(kind="OBJECTION", value=FAIR, day=DAY, rules=BOOK, today=TODAY):
    command = ProposeRule(RuleKind(kind), day, value, "Peraturan Menteri Contoh", verified=True, reason="x")
    return RuleProposal.made(new_id(), command, rules, FIRST, NOW, today)


def approved(found, rules=BOOK, by=SECOND, today=TODAY):
    return found.approved(rules, "contoh", by, "setuju", NOW, today)


def own_version(kind, value, day=date(2024, 1, 1)):
    return Rule(RuleKind(kind), "contoh/1", day, value, "x", verified=True)


def faults(*args, **options):
    with pytest.raises(InvalidInput) as refused:
        proposal(*args, **options)
    return [(one.field, one.code, one.value, one.expected) for one in refused.value.errors]


def matrix(**cells):
    value = {row: dict(NATIONAL[row]) for row in LEVELS}
    for cell, predicate in cells.items():
        row, _, column = cell.partition("_")
        value[row][column] = predicate
    return value


def test_a_second_officer_approves_and_a_version_comes_of_it():
    done = approved(proposal())
    assert (done.state, done.decided_by, done.decision_reason) == ("APPROVED", SECOND, "setuju")
    assert done.rule_version == done.rule("contoh").rule_version
    assert done.rule_version.startswith("contoh/2026-05-01/")


def test_nobody_approves_or_rejects_their_own_proposal_and_nobody_withdraws_another_s():
    with pytest.raises(ProposalNeedsSecondOfficer) as refused:
        approved(proposal(), by=FIRST)
    assert "minta operator sistem memberi peran pengelola kepegawaian (hr_officer)" in refused.value.detail
    with pytest.raises(ProposalNeedsSecondOfficer):
        proposal().rejected(FIRST, "x", NOW)
    with pytest.raises(ProposalOfAnother):
        proposal().withdrawn(SECOND, "x", NOW)
    assert proposal().withdrawn(FIRST, "x", NOW).state is ProposalState.WITHDRAWN
    assert proposal().rejected(SECOND, "x", NOW).state is ProposalState.REJECTED


@pytest.mark.parametrize("state", [one for one in ProposalState if not MOVES[one]])
def test_what_is_decided_is_not_decided_again(state):
    decided = replace(proposal(), state=state)
    for move in (
        lambda: approved(decided),
        lambda: decided.rejected(SECOND, "x", NOW),
        lambda: decided.withdrawn(FIRST, "x", NOW),
    ):
        with pytest.raises(ProposalMoveRefused):
            move()
    assert decided.moves(SECOND, NO_CASE, TODAY) == ()
    assert decided.lapsed(NOW, date(2030, 1, 1)) is decided


def test_the_moves_are_those_of_the_caller():
    found = proposal()
    assert found.moves(FIRST, NO_CASE, TODAY) == ("WITHDRAW",)
    assert found.moves(SECOND, NO_CASE, DAY) == ("APPROVE", "REJECT")
    assert found.moves(SECOND, OwnCases(annual=(2025,)), DAY) == ("REJECT",)
    assert found.moves(SECOND, NO_CASE, date(2026, 5, 2)) == ("REJECT",)
    assert found.moves(None, NO_CASE, TODAY) == ()


def test_no_version_is_dated_back_neither_when_proposed_nor_when_approved():
    ((field, code, value, expected),) = faults(day=date(2026, 4, 5))
    assert (field, code, value) == ("effective_from", "date_too_early", "2026-04-05")
    assert expected.startswith("paling awal 2026-04-06")
    assert proposal(day=TODAY).state is ProposalState.PROPOSED
    assert approved(proposal(), today=DAY).state is ProposalState.APPROVED
    with pytest.raises(InvalidInput) as refused:
        approved(proposal(), today=date(2026, 5, 2))
    assert refused.value.errors[0].expected.startswith("paling awal 2026-05-02")


def test_a_proposal_lapses_when_its_first_day_is_over():
    assert proposal().lapsed(NOW, DAY).state is ProposalState.PROPOSED
    assert proposal().lapsed(NOW, date(2026, 5, 2)).state is ProposalState.LAPSED


def test_another_version_since_the_proposal_refuses_the_approval_and_is_named():
    later = BOOK.plus(own_version("OBJECTION", FAIR, date(2027, 1, 1)))
    with pytest.raises(RuleChangedMeanwhile) as refused:
        approved(proposal(), rules=later)
    assert "(contoh/1)" in refused.value.detail
    assert approved(proposal(), rules=BOOK.plus(own_version("LAPSE", {"evaluation_days": 9}))).rule_version


def test_every_limit_is_national_dated_and_sourced_and_the_national_rules_keep_to_it():
    assert {one.kind for one in national_limits()} >= {"OBJECTION", "DIALOGUE", "PERIODIC_WINDOW", "PREDICATE_MATRIX"}
    for rule in national_rules():
        limits = [one for one in national_limits() if one.kind is rule.kind]
        assert [one.fault(rule.value) for one in limits] == [None] * len(limits), rule
        assert all(one.legal_source and one.expected for one in limits)


@pytest.mark.parametrize(
    ("kind", "value", "field", "expected"),
    [
        ("OBJECTION", {**FAIR, "objection_days": 13}, "objection_days", "paling sedikit 14 (PP 30/2019 Pasal 59)"),
        ("OBJECTION", {**FAIR, "decision_days": 61}, "decision_days", "paling sedikit 1 dan paling banyak 60 ("),
        ("OBJECTION", {**FAIR, "deemed_receipt_days": 6}, "deemed_receipt_days", "paling sedikit 7, atau -1 ("),
        ("DIALOGUE", {"answer_days": 2}, "answer_days", "paling sedikit 3 ("),
        ("SMALL_GROUP", {"smallest": 4}, "smallest", "paling sedikit 5 ("),
        (
            "PERIODIC_WINDOW",
            {"opens_after_days": 5, "closes_after_days": 11},
            "closes_after_days",
            "paling sedikit 7 sesudah opens_after_days (",
        ),
        (
            "ANNUAL_WINDOW",
            {"opens_after_days": -7, "closes_after_days": 6},
            "closes_after_days",
            "paling sedikit 14 sesudah opens_after_days (",
        ),
        ("PREDICATE_MATRIX", matrix(MEETS_MEETS="NEEDS_IMPROVEMENT", MEETS_ABOVE="NEEDS_IMPROVEMENT",
         ABOVE_MEETS="NEEDS_IMPROVEMENT"), "MEETS.MEETS", "paling sedikit GOOD ("),
        ("PREDICATE_MATRIX", matrix(BELOW_ABOVE="GOOD"), "BELOW.ABOVE", "paling banyak NEEDS_IMPROVEMENT ("),
    ],
)  # fmt: skip
def test_a_value_beyond_a_limit_is_refused_by_field_value_limit_and_source(kind, value, field, expected):
    ((found, code, _, words),) = faults(kind, value)
    assert (found, code) == (f"value.{field}", "beyond_national_limit")
    assert words.startswith(expected)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("OBJECTION", {"objection_days": 14, "decision_days": 1, "deemed_receipt_days": -1}),
        ("DIALOGUE", {"answer_days": 3}),
        ("PERIODIC_WINDOW", {"opens_after_days": 5, "closes_after_days": 12}),
        ("PREDICATE_MATRIX", matrix(ABOVE_MEETS="VERY_GOOD", MEETS_BELOW="VERY_POOR")),
    ],
)
def test_what_keeps_to_the_limits_may_be_proposed(kind, value):
    assert proposal(kind, value).state is ProposalState.PROPOSED


def test_a_matrix_in_which_all_are_very_good_or_a_better_level_is_worse_is_refused():
    everybody = {row: dict.fromkeys(LEVELS, "VERY_GOOD") for row in LEVELS}
    assert [one[0] for one in faults("PREDICATE_MATRIX", everybody)] == ["value.ABOVE.BELOW", "value.BELOW.ABOVE"]
    ((field, code, _, expected),) = faults("PREDICATE_MATRIX", matrix(MEETS_ABOVE="VERY_GOOD", ABOVE_ABOVE="GOOD"))
    assert (field, code) == ("value", "rule_unusable")
    assert "ABOVE.ABOVE: tidak lebih rendah daripada MEETS.ABOVE" in expected


def test_an_agency_s_own_version_never_wins_over_a_limit_that_came_later():
    longer = NationalLimit(RuleKind.OBJECTION, "objection_days", date(2027, 1, 1), "PP baru", verified=True, least=30)
    book = own_book([own_version("OBJECTION", {**FAIR, "objection_days": 20})])
    book = replace(book, limits=(*book.limits, longer))
    assert book.objection(date(2026, 12, 31)).objection_days == 20
    assert book.objection(date(2027, 1, 1)).objection_days == 30
    window = {"opens_after_days": 3, "closes_after_days": 4}
    short = own_book([own_version("PERIODIC_WINDOW", window), own_version("OBJECTION", {**FAIR, "objection_days": 7})])
    assert short.rating_window(DAY, annual=False).closes_after_days == 10
    assert short.objection(DAY).objection_days == 14
    pinned = replace(short, pinned={RuleKind.OBJECTION: "contoh/1"})
    assert pinned.objection(DAY).objection_days == 14


def test_the_explanation_shows_the_matrix_by_which_the_predicate_came_about():
    """A former release took a matrix in which all are very good; what is rated since, keeps to the limits."""
    everybody = {row: dict.fromkeys(LEVELS, "VERY_GOOD") for row in LEVELS}
    setting = AgencySetting("Asia/Jakarta", own_book([own_version("PREDICATE_MATRIX", everybody)]), TODAY)
    for predicate, shown in (("VERY_GOOD", "VERY_GOOD"), ("POOR_MISCONDUCT", "POOR_MISCONDUCT")):
        rating = Rating(RatingLevel.ABOVE, RatingLevel.BELOW, "", "x", Predicate(predicate))
        evaluation = replace(an_evaluation("PERIODIC", "FINAL"), rating=rating)
        matrix = RuleUsed.of(setting, evaluation, "contoh/1").matrix
        assert matrix["ABOVE"]["BELOW"] == shown


@pytest.mark.parametrize("kind", list(RuleKind))
def test_a_rule_that_would_touch_a_running_case_of_the_officer_s_own_is_another_s(kind):
    own = OwnCases(annual=(2025, 2026))
    if kind in {"OBJECTION", "GRANT", "OUTAGE"}:
        with pytest.raises(RuleOfOwnCase) as refused:
            own.require_untouched(kind)
        assert refused.value.params["cases"] == "evaluasi tahunan 2025, 2026"
    else:
        own.require_untouched(kind)
    OwnCases().require_untouched(kind)
    assert kind in CONCERNED


def test_an_opened_period_has_a_version_of_each_kind_that_its_ratings_read():
    year, quarter = (PeriodRow.opened(Period.of(2026, one), BOOK) for one in (None, 3))
    always = {"PREDICATE_MATRIX", "DISTRIBUTION", "MINIMUM_DAYS", "CLOSE_OUT", "FOLLOW_UP", "BEHAVIOUR_GUIDES"}
    assert set(quarter.pinned) == {*always, "PERIODIC_WINDOW"}
    assert set(year.pinned) == {*always, "ANNUAL_WINDOW", "OBJECTION", "CYCLE"}


def test_a_period_without_a_pinned_version_has_the_one_of_its_day():
    row = replace(PeriodRow.opened(Period.of(2026, 3), BOOK), pinned={})
    ahead = own_version("MINIMUM_DAYS", {"working_days": 5}, date(2026, 8, 1))
    assert row.version_kept(RuleKind.MINIMUM_DAYS, BOOK) == "default-2022"
    assert row.is_of(ahead, BOOK.plus(ahead))
    later = replace(ahead, effective_from=date(2026, 10, 1))
    assert not row.is_of(later, BOOK.plus(later))
    assert row.version_kept(RuleKind.LAPSE, BOOK) is None


def test_a_national_version_gives_way_to_the_same_version_whether_it_is_proposed_or_in_force():
    value = {"objection_days": 21, "decision_days": 14, "deemed_receipt_days": 7}
    own = Rule(RuleKind.OBJECTION, "contoh/1", date(2026, 2, 1), value, "Peraturan Menteri", verified=True)
    for day, version in ((date(2026, 1, 31), "pp-30-2019"), (date(2027, 1, 31), "contoh/1")):
        assert own_book([own]).on(RuleKind.OBJECTION, day).rule_version == version
        assert own_book([]).plus(own).on(RuleKind.OBJECTION, day).rule_version == version
