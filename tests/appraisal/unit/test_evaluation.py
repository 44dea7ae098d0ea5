"""The states of an evaluation, and the last second of the objection window."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraisal.domain.deciders import Matter
from appraisal.domain.errors import EvaluationMoveRefused, ObjectionTooLate, ReceiptMissing
from appraisal.domain.evaluation import Evaluation, RatedBy, Reopening
from appraisal.domain.evaluation_moves import MOVES, EvaluationMove
from appraisal.domain.rating import Rating
from appraisal.domain.values import Capacity, CompletedBy, EvaluationKind, EvaluationState, RatingLevel, Receipt
from chassis.ids import new_id
from directory.performance import Predicate

NOW = datetime(2027, 1, 12, 3, tzinfo=UTC)
UNTIL = datetime(2027, 1, 26, 16, 59, 59, tzinfo=UTC)
GOOD = Rating(RatingLevel.MEETS, RatingLevel.MEETS, "", "", Predicate.GOOD)
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
        rating=GOOD,
        competency_codes=(),
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
        assert issued.objected(moment, "Asia/Jakarta").state is EvaluationState.OBJECTED
    else:
        with pytest.raises(ObjectionTooLate):
            issued.objected(moment, "Asia/Jakarta")


def test_a_periodic_evaluation_is_never_issued_and_an_annual_one_never_finalised_by_its_appraiser():
    with pytest.raises(EvaluationMoveRefused):
        an_evaluation("PERIODIC").issued(NOW)
    with pytest.raises(EvaluationMoveRefused):
        an_evaluation().finalised(NOW)


def test_acceptance_needs_receipt():
    with pytest.raises(ReceiptMissing):
        an_evaluation().issued(NOW).accepted(NOW)


def test_a_changed_decision_is_a_new_revision_and_a_kept_one_is_not():
    objected = an_evaluation().issued(NOW).received(NOW, Receipt.CONFIRMED, UNTIL).objected(NOW, "Asia/Jakarta")
    worse = replace(GOOD, work_result=RatingLevel.BELOW, predicate=Predicate.NEEDS_IMPROVEMENT)
    assert objected.decided(NOW, None).revision == 1
    changed = objected.decided(NOW, worse)
    assert (changed.revision, changed.completed_by, changed.rating) == (2, CompletedBy.DECIDED, worse)


@pytest.mark.parametrize("state", ["PROPOSED", "IN_REVIEW", "ISSUED", "OBJECTED"])
def test_only_what_is_final_is_corrected(state):
    with pytest.raises(EvaluationMoveRefused):
        an_evaluation(state=state).corrected(GOOD)


def test_what_is_opened_again_is_issued_anew_and_the_former_rating_is_in_force_until_it_is_final():
    officers = Reopening(new_id(), new_id(), new_id())
    worse = replace(GOOD, work_result=RatingLevel.BELOW, predicate=Predicate.NEEDS_IMPROVEMENT)
    final = an_evaluation().issued(NOW).received(NOW, Receipt.CONFIRMED, UNTIL).accepted(NOW)
    assert (final.in_force, an_evaluation().in_force) == ((1, Predicate.GOOD), None)
    reopened = final.reopened(worse, officers, UNTIL)
    assert (reopened.state, reopened.issued_at, reopened.awaits_receipt) == (EvaluationState.ISSUED, UNTIL, True)
    assert (reopened.rating, reopened.revision, reopened.in_force) == (worse, 2, (1, Predicate.GOOD))
    assert {officers.proposed_by, officers.approved_by} <= Matter.of(reopened, ()).parties
    assert reopened.received(NOW, Receipt.CONFIRMED, UNTIL).accepted(NOW).in_force == (2, worse.predicate)


@pytest.mark.parametrize("kind", ["ANNUAL", "PERIODIC"])
def test_a_reviewed_evaluation_is_done_when_its_appraiser_finished_it_and_a_returned_one_is_not(kind):
    in_review = an_evaluation(kind).finished(NOW, RatedBy(APPRAISER, Capacity.APPRAISER), UNTIL)
    confirmed_later = in_review.confirmed(UNTIL)
    assert (in_review.done_at, confirmed_later.done_at) == (NOW, NOW)
    assert confirmed_later.issued_at if kind == "ANNUAL" else confirmed_later.final_at == UNTIL
    returned = in_review.returned()
    assert (returned.done_at, returned.finished_by, returned.review_until) == (None, None, None)
    assert returned.rating == in_review.rating


def test_an_illegal_step_names_the_legal_ones():
    with pytest.raises(EvaluationMoveRefused) as refused:
        an_evaluation().accepted(NOW)
    assert "Evaluasi berstatus usulan, jadi langkah menerima hasil tidak dapat dilakukan." in refused.value.detail
    assert "Yang mungkin: mengubah usulan, meminta peninjauan, menerbitkan." in refused.value.detail


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["ANNUAL", "PERIODIC"]), st.lists(st.sampled_from(list(EvaluationMove)), max_size=12))
def test_whatever_is_tried_only_listed_moves_are_made_and_a_view_lists_what_can_be_made(kind, tried):
    evaluation = an_evaluation(kind)
    for name in tried:
        listed = name in evaluation.moves()
        try:
            after = move(evaluation, name)
        except (EvaluationMoveRefused, ReceiptMissing):
            assert not listed
            continue
        if after is evaluation:
            continue
        assert after.state is MOVES[name][1]
        assert (after.state is EvaluationState.IN_REVIEW) == (after.review_until is not None)
        assert after.is_undisclosed == (after.state in {EvaluationState.PROPOSED, EvaluationState.IN_REVIEW})
        assert listed or name in {EvaluationMove.RECEIVE, EvaluationMove.EXPIRE}
        assert set(after.moves_of(after.employee_id)).isdisjoint(after.moves_of(new_id()))
        evaluation = after


def move(evaluation, name):
    moves = {
        EvaluationMove.RERATE: lambda e: e.rerated(
            replace(GOOD, behaviour_note="x"), (), RatedBy(APPRAISER, Capacity.APPRAISER)
        ),
        EvaluationMove.ASK_REVIEW: lambda e: e.finished(NOW, RatedBy(APPRAISER, Capacity.APPRAISER), UNTIL),
        EvaluationMove.CONFIRM_ISSUE: lambda e: confirmed(e, "ANNUAL", EvaluationMove.CONFIRM_ISSUE),
        EvaluationMove.CONFIRM_FINAL: lambda e: confirmed(e, "PERIODIC", EvaluationMove.CONFIRM_FINAL),
        EvaluationMove.RETURN: lambda e: e.returned(),
        EvaluationMove.ISSUE: lambda e: e.issued(NOW),
        EvaluationMove.FINALISE: lambda e: e.finalised(NOW),
        EvaluationMove.RECEIVE: lambda e: e.received(NOW, Receipt.CONFIRMED, UNTIL),
        EvaluationMove.ACCEPT: lambda e: e.accepted(NOW),
        EvaluationMove.EXPIRE: lambda e: e.expired(NOW),
        EvaluationMove.OBJECT: lambda e: e.objected(NOW, "Asia/Jakarta"),
        EvaluationMove.DECIDE: lambda e: e.decided(NOW, None),
        EvaluationMove.WITHDRAW_OBJECTION: lambda e: e.objection_withdrawn(None),
        EvaluationMove.CORRECT: lambda e: e.corrected(GOOD),
        EvaluationMove.REOPEN: lambda e: e.reopened(GOOD, Reopening(new_id(), new_id(), new_id()), NOW),
    }
    return moves[name](evaluation)


def confirmed(evaluation, kind, name):
    """One move confirms both kinds; of the other kind the move of this name is refused."""
    if evaluation.kind != kind:
        raise evaluation.refused(name)
    return evaluation.confirmed(NOW)


@pytest.mark.parametrize("state", list(EvaluationState))
@pytest.mark.parametrize("name", list(EvaluationMove))
def test_only_the_moves_of_the_table_are_made(state, name):
    kind = "PERIODIC" if name in {EvaluationMove.FINALISE, EvaluationMove.CONFIRM_FINAL} else "ANNUAL"
    evaluation = an_evaluation(kind, state, received_at=NOW)
    before, after = MOVES[name]
    if state is before:
        assert move(evaluation, name).state is after
    else:
        with pytest.raises(EvaluationMoveRefused):
            move(evaluation, name)
