"""The patterns of SE MenPANRB 3/2023 as domain study 2.7 restates them: floor for "at most", ceil for "at least"."""

from dataclasses import replace

import pytest

from appraisal.domain.distribution import DistributionRule, Limit, Policy, blocking_violations, check_distribution
from appraisal.domain.rules import RuleKind
from appraisal.domain.values import OrgPredicate
from appraisal.persistence.rules import national_rules
from directory.performance import Predicate

RULE = DistributionRule.parse(next(r for r in national_rules() if r.kind is RuleKind.DISTRIBUTION).value)


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
    strict = replace(RULE, policy=Policy.BLOCK)
    check = check_distribution(strict, OrgPredicate.GOOD, counts_of(4))
    assert check.warn_only
    assert check.violations
    assert blocking_violations(strict, OrgPredicate.GOOD, counts_of(4), 4) == ()


@pytest.mark.parametrize(
    ("counts", "headcount", "is_blocked"),
    [
        (counts_of(g=7), 10, False),
        (counts_of(g=8), 10, True),
        (counts_of(vg=3), 10, False),
        (counts_of(vg=3, g=7), 10, True),
        (counts_of(vg=1, g=7, ni=2), 10, False),
    ],
)
def test_blocking_waits_for_what_later_ratings_may_still_heal(counts, headcount, is_blocked):
    strict = replace(RULE, policy=Policy.BLOCK)
    assert bool(blocking_violations(strict, OrgPredicate.GOOD, counts, headcount)) is is_blocked


def test_an_agency_that_only_warns_never_blocks():
    assert blocking_violations(RULE, OrgPredicate.GOOD, counts_of(g=10), 10) == ()
