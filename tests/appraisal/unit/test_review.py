"""Who reviews an extreme rating, and what may become of it: the rules alone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraisal.domain.deciders import Lines, Matter
from appraisal.domain.evaluation import RatedBy
from appraisal.domain.review import Review, ReviewOutcome, require_further_reason
from appraisal.domain.review_errors import ReviewReturnedBefore
from appraisal.domain.review_rule import ReviewRule
from appraisal.domain.reviewers import Reviewer, reviewer_of
from appraisal.domain.values import Capacity, EvaluationKind
from chassis.errors import InvalidInput
from chassis.ids import new_id
from directory import answers
from directory.answers import Superior
from directory.performance import Predicate
from tests.appraisal.unit.test_evaluation import UNTIL, an_evaluation

NOW = datetime(2026, 4, 6, 3, tzinfo=UTC)
PEOPLE = [new_id() for _ in range(6)]
SITI, HEAD, CHIEF, TOP = PEOPLE[:4]
BY_CHIEF = RatedBy(CHIEF, Capacity.REVIEWER)


def duty(holder, acting=None, *, reachable=True):
    capacity = answers.Capacity.SUPERIOR if acting is None else answers.Capacity.ACTING
    return Superior(acting or holder, capacity, reachable, holder, reachable, None, None)


def matter(*raters):
    return Matter(SITI, HEAD, frozenset({HEAD, *raters}))


@pytest.mark.parametrize(
    ("of_head", "of_chief", "raters", "expected"),
    [
        (duty(CHIEF), duty(TOP), (), Reviewer(CHIEF, Capacity.REVIEWER)),
        (duty(CHIEF, PEOPLE[4]), duty(TOP), (), Reviewer(PEOPLE[4], Capacity.ACTING)),
        (duty(CHIEF, reachable=False), duty(TOP), (), Reviewer(TOP, Capacity.REVIEWER)),
        (duty(CHIEF), duty(TOP), (CHIEF,), Reviewer(TOP, Capacity.REVIEWER)),
        (duty(CHIEF, HEAD), duty(TOP), (), Reviewer(TOP, Capacity.REVIEWER)),
        (duty(CHIEF, SITI), duty(TOP), (), Reviewer(TOP, Capacity.REVIEWER)),
        (duty(CHIEF), duty(TOP), (CHIEF, TOP), None),
        (duty(CHIEF), duty(HEAD), (CHIEF,), None),
        (None, duty(TOP), (), None),
    ],
)
def test_the_first_one_above_who_neither_rated_nor_is_about_reviews(of_head, of_chief, raters, expected):
    lines = Lines({SITI: duty(HEAD), HEAD: of_head, CHIEF: of_chief, TOP: None, PEOPLE[4]: duty(CHIEF)})
    assert reviewer_of(matter(*raters), HEAD, None, lines) == expected


def test_who_has_the_duty_of_reviewing_comes_before_who_has_that_of_appraising():
    lines = Lines({HEAD: duty(CHIEF, PEOPLE[4]), CHIEF: duty(TOP)})
    assert reviewer_of(matter(), HEAD, duty(CHIEF, PEOPLE[5]), lines) == Reviewer(PEOPLE[5], Capacity.ACTING)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    st.sets(st.sampled_from(PEOPLE)),
    st.sets(st.sampled_from(PEOPLE)),
)
def test_whatever_the_lines_nobody_reviews_their_own_rating_or_evaluation_or_that_of_somebody_above(
    above, away, raters
):
    lines = Lines({one: duty(who, reachable=who not in away) for one, who in above.items()})
    found = reviewer_of(matter(*raters), HEAD, None, lines)
    if found is not None:
        assert found.official not in {SITI, HEAD, *raters, *away}
        assert not lines.is_above(SITI, found.official)
        assert lines.is_above(found.official, HEAD)


def a_review(evaluation, **fields):
    return Review.asked(new_id(), evaluation, RatedBy(HEAD, Capacity.APPRAISER), "", NOW, **fields)


def test_the_same_rating_is_returned_once_and_kept_with_a_further_reason():
    evaluation = an_evaluation("PERIODIC").finished(NOW, RatedBy(HEAD, Capacity.APPRAISER), UNTIL)
    first = a_review(evaluation).returned(BY_CHIEF, "Bukti kurang", NOW, ())
    assert (first.outcome, first.decided_by, first.is_open) == (ReviewOutcome.RETURNED, CHIEF, False)
    assert require_further_reason((), evaluation, "") == ""
    with pytest.raises(InvalidInput):
        require_further_reason([first], evaluation, "  ")
    assert require_further_reason([first], evaluation, "Survei terlampir") == "Survei terlampir"
    second = a_review(evaluation)
    with pytest.raises(ReviewReturnedBefore):
        second.returned(BY_CHIEF, "Tetap kurang", NOW, [first])
    assert second.confirmed(BY_CHIEF, "", NOW).outcome is ReviewOutcome.CONFIRMED
    assert a_review(evaluation).returned(BY_CHIEF, "x", NOW, [second.confirmed(BY_CHIEF, "", NOW)])


def test_a_late_review_is_marked_once_and_a_decided_one_never():
    review = a_review(an_evaluation("PERIODIC"))
    late = review.escalated(NOW)
    assert late.escalated(UNTIL) is late
    assert late.left_to_hr(UNTIL).for_hr_at == UNTIL
    decided = review.confirmed(BY_CHIEF, "", NOW)
    assert decided.escalated(UNTIL) is decided
    assert decided.left_to_hr(UNTIL) is decided


def test_without_kinds_nothing_is_reviewed():
    value = {"evaluation_kinds": [], "predicates": ["VERY_GOOD"], "days": 5, "hr_after_days": 5}
    every = [(kind, predicate) for kind in EvaluationKind for predicate in Predicate]
    assert not any(ReviewRule.parse(value).asks_for(*one) for one in every)
    annual = ReviewRule.parse({**value, "evaluation_kinds": ["ANNUAL"]})
    assert [one for one in every if annual.asks_for(*one)] == [(EvaluationKind.ANNUAL, Predicate.VERY_GOOD)]
