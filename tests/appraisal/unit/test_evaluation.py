"""The states of an evaluation, and the last second of the objection window."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from appraisal.domain.errors import EvaluationMoveRefused, ObjectionTooLate, ReceiptMissing
from appraisal.domain.evaluation import Evaluation, Judgement, may_decide
from appraisal.domain.values import CompletedBy, EvaluationKind, EvaluationState, Predicate, Rating, Receipt
from chassis.ids import new_id

NOW = datetime(2027, 1, 12, 3, tzinfo=UTC)
UNTIL = datetime(2027, 1, 26, 16, 59, 59, tzinfo=UTC)
GOOD = Judgement(Rating.MEETS, Rating.MEETS, "", "", Predicate.GOOD)
APPRAISER = new_id()


def an_evaluation(kind="ANNUAL", state="PROPOSED", **fields):
    return Evaluation(
        id=new_id(),
        plan_id=new_id(),
        plan_version=1,
        employee_id=new_id(),
        unit_id=new_id(),
        appraiser_id=APPRAISER,
        reviewer_id=new_id(),
        rated_by=APPRAISER,
        kind=EvaluationKind(kind),
        year=2026,
        quarter=None if kind == "ANNUAL" else 1,
        state=EvaluationState(state),
        judgement=GOOD,
        competency_codes=(),
        revision=1,
        version=1,
        **fields,
    )


@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        (UNTIL, True),
        (UNTIL + timedelta(microseconds=999_999), True),
        (UNTIL + timedelta(seconds=1), False),
    ],
)
def test_an_objection_is_in_time_until_the_last_second_is_over(moment, accepted):
    issued = an_evaluation().issued(NOW).received(NOW, Receipt.CONFIRMED, UNTIL)
    if accepted:
        assert issued.objected(moment).state is EvaluationState.OBJECTED
    else:
        with pytest.raises(ObjectionTooLate):
            issued.objected(moment)


def test_a_periodic_evaluation_is_never_issued_and_an_annual_one_never_finalised_by_its_appraiser():
    with pytest.raises(EvaluationMoveRefused):
        an_evaluation("PERIODIC").issued(NOW)
    with pytest.raises(EvaluationMoveRefused):
        an_evaluation().finalised(NOW)


def test_acceptance_needs_receipt():
    with pytest.raises(ReceiptMissing):
        an_evaluation().issued(NOW).accepted(NOW)


def test_a_changed_decision_is_a_new_revision_and_a_kept_one_is_not():
    objected = an_evaluation().issued(NOW).received(NOW, Receipt.CONFIRMED, UNTIL).objected(NOW)
    worse = replace(GOOD, work_result=Rating.BELOW, predicate=Predicate.NEEDS_IMPROVEMENT)
    assert objected.decided(NOW, None).revision == 1
    changed = objected.decided(NOW, worse)
    assert (changed.revision, changed.completed_by, changed.judgement) == (2, CompletedBy.DECIDED, worse)


@pytest.mark.parametrize("state", ["PROPOSED", "ISSUED", "OBJECTED"])
def test_only_what_is_final_is_corrected(state):
    with pytest.raises(EvaluationMoveRefused):
        an_evaluation(state=state).corrected(GOOD)


def test_neither_the_employee_nor_who_rated_decides():
    evaluation = an_evaluation()
    assert may_decide(evaluation, evaluation.reviewer_id)
    assert not may_decide(evaluation, evaluation.employee_id)
    assert not may_decide(evaluation, evaluation.rated_by)
    assert not may_decide(evaluation, None)
