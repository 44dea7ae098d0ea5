"""What weak predicates start, and which groups are hidden."""

from dataclasses import replace
from uuid import UUID

import pytest

from appraisal.domain.follow_up import FollowUpRule, follow_up_for, is_repeated
from appraisal.domain.obligation import period_of, subject_of
from appraisal.domain.periods import Period
from appraisal.domain.row_of_periods import RatedPeriod, in_a_row
from appraisal.domain.rules import RuleKind, problem_of
from appraisal.domain.suppression import UnitTree, hidden_groups
from appraisal.domain.values import EvaluationKind
from appraisal.persistence.rules import national_rules
from directory.performance import Predicate

RULE = FollowUpRule.parse(next(r for r in national_rules() if r.kind is RuleKind.FOLLOW_UP).value)


@pytest.mark.parametrize(
    ("predicate", "opened"),
    [
        ("VERY_GOOD", None),
        ("GOOD", None),
        ("NEEDS_IMPROVEMENT", "COACHING"),
        ("POOR_MISCONDUCT", "COUNSELLING"),
        ("VERY_POOR", "COUNSELLING"),
    ],
)
def test_a_weak_quarter_opens_coaching_or_counselling(predicate, opened):
    assert follow_up_for(RULE, EvaluationKind.PERIODIC, Predicate(predicate)) == opened
    assert follow_up_for(RULE, EvaluationKind.ANNUAL, Predicate(predicate)) is None


@pytest.mark.parametrize(
    ("newest_first", "repeated"),
    [
        (["NEEDS_IMPROVEMENT"], False),
        (["NEEDS_IMPROVEMENT", "GOOD", "VERY_POOR"], False),
        (["NEEDS_IMPROVEMENT", "POOR_MISCONDUCT"], True),
        (["GOOD", "VERY_POOR", "VERY_POOR"], False),
    ],
)
def test_two_weak_quarters_in_a_row_are_flagged(newest_first, repeated):
    assert is_repeated(RULE, [Predicate(p) for p in newest_first]) is repeated


WEAK = Predicate.NEEDS_IMPROVEMENT


def rated(*periods, predicate=WEAK):
    return [RatedPeriod(one.year, one.quarter, one.month, predicate) for one in periods]


@pytest.mark.parametrize(
    ("newest", "earlier", "on_leave", "length"),
    [
        (Period.of(2026, 3), [Period.of(2026, 2), Period.of(2026, 1), Period.of(2025, 4)], [], 3),
        # nobody rated the second quarter
        (Period.of(2026, 3), [Period.of(2026, 1)], [], 0),
        (Period.of(2026, 3), [Period.of(2026, 2), Period.of(2025, 4)], [], 1),
        # the second quarter was spent on leave
        (Period.of(2026, 3), [Period.of(2026, 1)], [Period.of(2026, 2)], 1),
        (Period.of(2026, 3), [], [Period.of(2026, 2)], 0),
        # quarters first, then months
        (Period.of(2027, month=2), [Period.of(2027, month=1), Period.of(2026, 4)], [], 2),
        (Period.of(2027, month=2), [Period.of(2026, 4)], [], 0),
        # the months that a row can have at most
        (Period.of(2026, month=12), [Period.of(2026, month=one) for one in range(1, 12)], [], 11),
    ],
)
def test_a_row_is_of_periods_that_follow_each_other_and_leave_is_passed_over(newest, earlier, on_leave, length):
    assert in_a_row(newest, rated(*earlier), on_leave) == (WEAK,) * length


@pytest.mark.parametrize("subject", ["2026", "2026-Q1", "2026-M03"])
def test_a_subject_names_its_period(subject):
    assert subject_of(period_of(subject)) == subject


def test_twelve_in_a_row_may_be_asked_for():
    twelve = replace(RULE, repeated_after=12)
    assert is_repeated(twelve, [WEAK] * 12)
    assert not is_repeated(twelve, [WEAK] * 11)


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9, "c": 7}, {"a", "c"}),
        ({"a": 4, "b": 3, "c": 7}, {"a", "b"}),
        ({"a": 1, "b": 2, "c": 7}, {"a", "b", "c"}),
        ({"a": 4}, {"a"}),
        ({"a": 0, "b": 6}, set()),
    ],
)
def test_a_small_group_is_hidden_with_another_so_that_no_total_reveals_it(sizes, hidden):
    assert hidden_groups(sizes, 5) == hidden


def tree_of(**units):
    """Make a tree of `name=(people, above)`."""
    ids = {name: UUID(int=number) for number, name in enumerate(units, 1)}
    tree = UnitTree(
        {ids[name]: people for name, (people, _) in units.items()},
        {ids[name]: ids.get(above) for name, (_, above) in units.items()},
    )
    return tree, {one: name for name, one in ids.items()}


@pytest.mark.parametrize(
    ("units", "own", "whole"),
    [
        # a bureau with two large teams hides nothing, and its leader alone is hidden with the smaller team
        ({"b": (0, None), "s": (6, "b"), "t": (9, "b")}, set(), set()),
        ({"b": (1, None), "s": (6, "b"), "t": (9, "b")}, {"b", "s"}, {"s"}),
        # bureau less one team would be the other
        ({"b": (0, None), "s": (3, "b"), "t": (9, "b")}, {"s", "t"}, {"s", "t"}),
        ({"b": (0, None), "s": (3, "b"), "t": (9, "b"), "u": (7, "b")}, {"s", "u"}, {"s", "u"}),
        # what is hidden as a whole cannot be added up of what lies below it
        (
            {"m": (1, None), "b": (0, "m"), "s": (6, "b"), "t": (9, "b"), "u": (7, "b")},
            {"m", "s", "u"},
            {"b", "s", "u"},
        ),
        # a whole tree under the threshold
        ({"b": (1, None), "s": (3, "b")}, {"b", "s"}, {"b", "s"}),
        # two trees of one reader, whose total is shown
        ({"a": (3, None), "b": (9, None)}, {"a", "b"}, {"a", "b"}),
        # units above each other in a circle
        ({"a": (9, "b"), "b": (9, "a")}, {"a", "b"}, {"a", "b"}),
    ],
)
def test_no_unit_can_be_had_from_the_difference_of_those_that_are_shown(units, own, whole):
    tree, names = tree_of(**units)
    hidden = tree.hidden(5)
    assert ({names[one] for one in hidden.own}, {names[one] for one in hidden.whole}) == (own, whole)


def test_every_national_rule_can_be_read():
    assert {r.kind for r in national_rules()} == set(RuleKind)
    assert [problem_of(r.kind, r.value) for r in national_rules()] == [None] * len(national_rules())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("OBJECTION", {"objection_days": 14, "decision_days": 14}),
        ("OBJECTION", {"objection_days": "x", "decision_days": 14, "deemed_receipt_days": 7}),
        ("PERIODIC_WINDOW", {"opens_after_days": 0, "closes_after_days": 10**9}),
        ("PREDICATE_MATRIX", {"ABOVE": {}}),
        ("DISTRIBUTION", {"policy": "SHOUT", "small_unit": 5, "constraints": {}}),
        ("FOLLOW_UP", {"opens": {"GOOD": "PARTY"}, "evaluation_kinds": [], "repeated_after": 2}),
        ("BEHAVIOUR_GUIDES", {"BP": {}}),
        ("SMALL_GROUP", {"smallest": []}),
    ],
)
def test_a_rule_that_cannot_be_read_is_named(kind, value):
    assert problem_of(RuleKind(kind), value)
