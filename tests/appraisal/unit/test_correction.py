"""A correction is an order of two officers; what it does depends on whether it lowers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.correction import (
    MOVES,
    CorrectionMove,
    CorrectionOrder,
    CorrectionState,
    Officer,
    ProposeCorrection,
)
from appraisal.domain.correction_errors import (
    CorrectionMoveRefused,
    CorrectionNotImpartial,
    CorrectionOutdated,
    SecondOfficerNeeded,
)
from appraisal.domain.deciders import Lines
from appraisal.domain.errors import EvaluationMoveRefused
from appraisal.domain.evaluation import RatedBy
from appraisal.domain.rating import Rating
from appraisal.domain.values import Capacity, RatingLevel
from chassis.errors import Forbidden, InvalidInput
from chassis.ids import new_id
from directory.answers import Superior
from directory.performance import Predicate
from tests.appraisal.unit.test_evaluation import GOOD, NOW, an_evaluation

FIRST, SECOND = RatedBy(new_id(), Capacity.REVIEWER), RatedBy(new_id(), Capacity.HR)


def a_final(kind="ANNUAL", **fields):
    return replace(an_evaluation(kind, "FINAL", **fields), final_at=NOW)


def an_order(evaluation, rating=None, by=FIRST):
    rating = rating or replace(GOOD, work_result=RatingLevel.BELOW, predicate=Predicate.NEEDS_IMPROVEMENT)
    command = ProposeCorrection(
        evaluation_id=evaluation.id,
        work_result=rating.work_result,
        behaviour=rating.behaviour,
        reason="Temuan",
        order_reference="SK-9/2027",
    )
    return CorrectionOrder.proposed(new_id(), evaluation, command, (rating, "v1"), by, NOW)


@pytest.mark.parametrize("state", ["PROPOSED", "ISSUED", "OBJECTED"])
def test_only_what_is_final_is_corrected(state):
    with pytest.raises(EvaluationMoveRefused):
        an_order(an_evaluation(state=state))


def test_an_order_that_changes_nothing_is_refused():
    with pytest.raises(InvalidInput):
        an_order(a_final(), GOOD)


@pytest.mark.parametrize(
    ("levels", "predicate", "lowers"),
    [
        (("ABOVE", "ABOVE"), "VERY_GOOD", False),
        (("ABOVE", "MEETS"), "GOOD", False),
        (("MEETS", "MEETS"), "GOOD", False),
        (("ABOVE", "BELOW"), "POOR_MISCONDUCT", True),
        (("BELOW", "ABOVE"), "NEEDS_IMPROVEMENT", True),
        (("MEETS", "MEETS"), "NEEDS_IMPROVEMENT", True),
    ],
)
def test_a_worse_predicate_or_level_lowers_whatever_else_is_better(levels, predicate, lowers):
    rating = Rating(RatingLevel(levels[0]), RatingLevel(levels[1]), "x", "x", Predicate(predicate))
    annual, periodic = an_order(a_final(), rating), an_order(a_final("PERIODIC"), rating)
    assert (annual.lowers, annual.reopens) == (lowers, lowers)
    assert (periodic.lowers, periodic.reopens) == (lowers, False)


def test_who_proposed_only_withdraws_and_anybody_else_only_decides():
    evaluation = a_final()
    order = an_order(evaluation)
    for decide in (order.rejected, lambda *more: order.approved(evaluation, *more)):
        with pytest.raises(SecondOfficerNeeded):
            decide(FIRST, "x", NOW)
        assert decide(SECOND, "x", NOW).ended_by == SECOND.official
    with pytest.raises(Forbidden):
        order.withdrawn(SECOND.official, "x", NOW)
    assert order.moves(FIRST.official, may_decide=True) == (CorrectionMove.WITHDRAW,)
    assert order.moves(SECOND.official, may_decide=True) == (CorrectionMove.APPROVE, CorrectionMove.REJECT)
    assert order.moves(new_id(), may_decide=False) == ()


def test_an_order_to_another_revision_is_not_approved_and_the_revision_is_named():
    evaluation = a_final()
    with pytest.raises(CorrectionOutdated, match="revisi 2"):
        an_order(evaluation).approved(replace(evaluation, revision=2), SECOND, "x", NOW)


def test_the_employee_those_below_them_and_those_who_rated_are_not_impartial():
    evaluation = a_final(finished_by=new_id())
    judged = (evaluation.employee_id, evaluation.appraiser_id, evaluation.rated_by, evaluation.finished_by)
    official = new_id()
    superior = Superior(evaluation.employee_id, Capacity.APPRAISER, True, evaluation.employee_id, True, None, None)
    below = Officer(official, True, Lines({official: superior}))
    barred = [Officer(one, True, Lines()) for one in judged]
    for officer in (
        *barred,
        below,
        Officer(None, True, Lines()),
    ):
        with pytest.raises(CorrectionNotImpartial):
            officer.require_impartial(evaluation)
    hr, reviewer = Officer(new_id(), True, Lines()), Officer(evaluation.reviewer_id, False, Lines())
    hr.require_impartial(evaluation)
    assert (hr.capacity(evaluation, None), reviewer.capacity(evaluation, None)) == (Capacity.HR, Capacity.REVIEWER)
    with pytest.raises(Forbidden):
        Officer(new_id(), False, Lines()).capacity(evaluation, None)


@given(st.lists(st.sampled_from(list(CorrectionMove)), max_size=5))
def test_whatever_is_tried_an_order_ends_once_and_a_refusal_names_what_is_left(tried):
    evaluation = a_final()
    order = an_order(evaluation)
    steps = {
        CorrectionMove.APPROVE: lambda one: one.approved(evaluation, SECOND, "x", NOW),
        CorrectionMove.REJECT: lambda one: one.rejected(SECOND, "x", NOW),
        CorrectionMove.WITHDRAW: lambda one: one.withdrawn(FIRST.official, "x", NOW),
    }
    for move in tried:
        if move in MOVES[order.state]:
            after = steps[move](order)
            assert after.state is MOVES[order.state][move]
            order = after
        else:
            with pytest.raises(CorrectionMoveRefused, match="Yang mungkin: tidak ada"):
                steps[move](order)
    assert (order.ended_at is None) == (order.state is CorrectionState.PROPOSED)
