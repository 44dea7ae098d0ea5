"""The patterns of SE MenPANRB 3/2023 as domain study 2.7 restates them: floor for "at most", ceil for "at least"."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from appraisal.domain.distribution import (
    Constraint,
    DistributionRule,
    Level,
    Limit,
    OverrideInForce,
    Policy,
    check_distribution,
    foresee,
)
from appraisal.domain.distribution_guard import DistributionGuard, UnitContext, UnitCounts, UnitPattern
from appraisal.domain.errors import DistributionBroken, UnitWithoutPredicate
from appraisal.domain.periods import Period
from appraisal.domain.rules import RuleKind, problem_of
from appraisal.domain.values import OrgPredicate
from appraisal.persistence.rules import national_rules
from chassis.ids import new_id
from directory.performance import Predicate

RULE = DistributionRule.parse(next(r for r in national_rules() if r.kind is RuleKind.DISTRIBUTION).value)
BLOCK = replace(RULE, policy=Policy.BLOCK)
UNIT = new_id()


def counts_of(vg=0, g=0, ni=0, p=0, vp=0):
    return dict(zip(Predicate, (vg, g, ni, p, vp), strict=True))


@pytest.mark.parametrize(
    ("org", "counts", "broken"),
    [
        ("GOOD", counts_of(1, 7, 1, 1), []),
        ("GOOD", counts_of(1, 8, 1), [Limit.AT_MOST_SHARE]),
        ("GOOD", counts_of(3, 7), [Limit.AT_LEAST_COUNT]),
        ("GOOD", counts_of(5, 4, 1), [Limit.MOST]),
        ("GOOD", counts_of(0, 5, 1, 0, 1), [Limit.AT_MOST_SHARE]),  # floor(4.9) = 4
        ("OUTSTANDING", counts_of(7, 3), []),
        ("OUTSTANDING", counts_of(8, 2), [Limit.AT_MOST_SHARE]),
        ("OUTSTANDING", counts_of(4, 6), [Limit.MOST]),
        ("NEEDS_IMPROVEMENT", counts_of(1, 3, 6), []),
        ("NEEDS_IMPROVEMENT", counts_of(2, 2, 6), [Limit.AT_MOST_SHARE]),
        ("NEEDS_IMPROVEMENT", counts_of(0, 3, 4), [Limit.AT_LEAST_SHARE]),  # ceil(4.2) = 5
        ("POOR", counts_of(1, 2, 1, 6), []),
        ("POOR", counts_of(0, 4, 0, 6), [Limit.AT_LEAST_SHARE]),
        ("VERY_POOR", counts_of(0, 3, 1, 0, 6), []),
        ("VERY_POOR", counts_of(1, 2, 0, 1, 6), [Limit.AT_MOST_SHARE]),
        ("VERY_POOR", counts_of(0, 4, 0, 0, 6), [Limit.AT_LEAST_SHARE]),
        ("GOOD", counts_of(), []),
    ],
)
def test_a_units_predicates_are_held_against_its_pattern(org, counts, broken):
    assert [v.limit for v in check_distribution(RULE, OrgPredicate(org), counts).violations] == broken


def test_a_violation_names_what_was_found_and_what_is_allowed():
    (violation,) = check_distribution(RULE, OrgPredicate.GOOD, counts_of(1, 8, 1)).violations
    assert (violation.found, violation.allowed, violation.predicates) == (8, 7, (Predicate.GOOD,))


def test_a_unit_below_five_is_only_warned():
    check = check_distribution(BLOCK, OrgPredicate.GOOD, counts_of(4))
    assert check.warn_only
    assert check.violations


def broken(org, counts, left):
    return [v.limit for v in foresee(RULE.constraints[OrgPredicate(org)], counts, left).violations]


@pytest.mark.parametrize(
    ("org", "counts", "left", "broken_then"),
    [
        # ten under GOOD: six or seven GOOD, and one NEEDS_IMPROVEMENT or POOR
        ("GOOD", counts_of(), 10, []),
        ("GOOD", counts_of(g=7), 3, []),
        ("GOOD", counts_of(g=8), 2, [Limit.AT_MOST_SHARE]),
        ("GOOD", counts_of(vg=3), 7, []),
        ("GOOD", counts_of(vg=4), 6, [Limit.MOST, Limit.AT_LEAST_COUNT]),  # six GOOD and one more no longer fit
        ("GOOD", counts_of(vg=3, g=7), 0, [Limit.AT_LEAST_COUNT]),
        ("GOOD", counts_of(vg=1, g=7, ni=1, p=1), 0, []),
        # seven: floor(4.9) = 4 GOOD at most, four are most of them
        ("GOOD", counts_of(g=4, ni=1), 2, []),
        ("GOOD", counts_of(g=5), 2, [Limit.AT_MOST_SHARE]),
        # ten: at least ceil(6.0) = 6, at most floor(1.0) = 1
        ("NEEDS_IMPROVEMENT", counts_of(vg=1, g=3), 6, []),
        ("NEEDS_IMPROVEMENT", counts_of(g=5), 5, [Limit.AT_LEAST_SHARE]),
        ("NEEDS_IMPROVEMENT", counts_of(vg=2), 8, [Limit.AT_MOST_SHARE]),
        # seven: at least ceil(4.2) = 5, at most floor(0.7) = 0
        ("NEEDS_IMPROVEMENT", counts_of(g=2), 5, []),
        ("NEEDS_IMPROVEMENT", counts_of(g=3), 4, [Limit.AT_LEAST_SHARE]),
        ("NEEDS_IMPROVEMENT", counts_of(vg=1), 6, [Limit.AT_MOST_SHARE]),
        # ten: six POOR and one NEEDS_IMPROVEMENT together need seven of those left
        ("POOR", counts_of(g=3), 7, []),
        ("POOR", counts_of(g=4), 6, [Limit.AT_LEAST_SHARE, Limit.AT_LEAST_SHARE]),
        ("POOR", counts_of(g=3, p=6), 1, []),
        ("POOR", counts_of(g=4, ni=1), 5, [Limit.AT_LEAST_SHARE]),
        ("VERY_POOR", counts_of(g=3, ni=1), 6, []),
        ("VERY_POOR", counts_of(g=4), 6, [Limit.AT_LEAST_SHARE, Limit.AT_LEAST_SHARE]),
        ("VERY_POOR", counts_of(vg=1), 9, [Limit.AT_MOST_SHARE]),
        ("OUTSTANDING", counts_of(g=4), 6, []),
        ("OUTSTANDING", counts_of(g=5), 5, [Limit.MOST]),
    ],
)
def test_what_is_broken_for_good_while_people_are_left(org, counts, left, broken_then):
    assert broken(org, counts, left) == broken_then


def test_who_is_left_must_suffice_for_all_that_is_at_least_asked_with_what_is_at_most_allowed():
    """Of ten: seven in the two best, five of these VERY_GOOD, and no more than one GOOD: six remain possible, not seven."""
    pattern = [
        Constraint(Limit.AT_LEAST_SHARE, (Predicate.VERY_GOOD, Predicate.GOOD), Decimal("0.7")),
        Constraint(Limit.AT_LEAST_SHARE, (Predicate.VERY_GOOD,), Decimal("0.5")),
        Constraint(Limit.AT_MOST_SHARE, (Predicate.GOOD,), Decimal("0.1")),
    ]
    assert foresee(pattern, counts_of(vg=5, g=1, ni=3), 1).missing == 0
    assert foresee(pattern, counts_of(vg=5, g=1, ni=4), 0).missing == 1
    no_better = [*pattern, Constraint(Limit.AT_MOST_SHARE, (Predicate.VERY_GOOD,), Decimal("0.5"))]
    assert foresee(no_better, counts_of(), 10).missing == 1


def a_context(org, counts, left):
    return UnitContext(UnitPattern(UNIT, OrgPredicate(org), None), UnitCounts(counts, left))


def admitted(context, predicate, instead_of=None, rule=None):
    guard = DistributionGuard(rule or BLOCK, Period.of(2026), {UNIT: frozenset({UNIT})}, {UNIT: context})
    try:
        guard.admit(UNIT, Predicate(predicate), instead_of and Predicate(instead_of))
    except DistributionBroken as refused:
        return refused.errors[0].expected
    return True


def test_a_rating_is_refused_when_it_makes_the_distribution_worse_and_only_then():
    assert admitted(a_context("NEEDS_IMPROVEMENT", counts_of(), 10), "VERY_GOOD") is True
    full = a_context("NEEDS_IMPROVEMENT", counts_of(vg=1), 9)
    assert admitted(full, "VERY_GOOD") == "VERY_GOOD: paling banyak 1 orang"
    # what was broken before, by another policy or a decision, stops nobody who does not make it worse
    over = a_context("NEEDS_IMPROVEMENT", counts_of(vg=3), 7)
    assert admitted(over, "GOOD") is True
    assert admitted(over, "GOOD", instead_of="VERY_GOOD") is True
    late = a_context("NEEDS_IMPROVEMENT", counts_of(g=8), 2)
    assert admitted(late, "NEEDS_IMPROVEMENT") is True
    assert admitted(late, "GOOD") == "NEEDS_IMPROVEMENT: paling sedikit 6 orang"


def test_small_units_exceptions_and_a_policy_to_warn_refuse_nothing():
    assert admitted(a_context("NEEDS_IMPROVEMENT", counts_of(g=3), 1), "VERY_GOOD") is True
    assert admitted(a_context("NEEDS_IMPROVEMENT", counts_of(g=4), 1), "VERY_GOOD") is not True
    assert admitted(a_context("GOOD", counts_of(g=9), 1), "GOOD", rule=RULE) is True
    excepted = UnitPattern(UNIT, OrgPredicate.GOOD, OverrideInForce("x", UNIT, datetime(2026, 4, 1, tzinfo=UTC)))
    assert admitted(UnitContext(excepted, UnitCounts(counts_of(g=9), 1)), "GOOD") is True


def test_a_rating_must_fit_each_unit_on_its_path_and_one_at_least_must_have_a_predicate():
    bureau, other = new_id(), new_id()
    contexts = {
        UNIT: a_context("OUTSTANDING", counts_of(vg=3), 7),
        bureau: UnitContext(
            UnitPattern(bureau, OrgPredicate.NEEDS_IMPROVEMENT, None), UnitCounts(counts_of(vg=2), 18), "Biro (01)"
        ),
    }
    guard = DistributionGuard(
        BLOCK, Period.of(2026), {UNIT: frozenset({UNIT, bureau}), other: frozenset({other})}, contexts
    )
    with pytest.raises(DistributionBroken) as refused:
        guard.admit(UNIT, Predicate.VERY_GOOD)
    assert "unit Biro (01) tidak sesuai" in refused.value.detail
    guard.admit(UNIT, Predicate.NEEDS_IMPROVEMENT)
    assert [guard.contexts[one].counts.left for one in (UNIT, bureau)] == [6, 17]
    with pytest.raises(UnitWithoutPredicate):
        guard.admit(other, Predicate.GOOD)


def test_a_rule_without_a_level_compares_whole_subtrees():
    value = next(r for r in national_rules() if r.kind is RuleKind.DISTRIBUTION).value
    assert DistributionRule.parse(value).level is Level.SUBTREE
    assert DistributionRule.parse({**value, "level": "UNIT"}).level is Level.UNIT
    assert problem_of(RuleKind.DISTRIBUTION, {**value, "level": "BIRO"}) is not None
