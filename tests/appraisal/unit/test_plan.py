"""Allowed moves of a plan, and what the form of an SKP asks for."""

from dataclasses import replace

import pytest

from appraisal.domain.errors import PlanClosed, PlanMoveRefused, PlanNeverActive
from appraisal.domain.plan import Plan, PlanMove
from appraisal.domain.plan_content import (
    BehaviourExpectation,
    Content,
    Indicator,
    WorkResult,
    content_problems,
    incompleteness,
)
from appraisal.domain.refusal_words import in_words
from appraisal.domain.values import Aspect, BehaviourValue, Perspective, PlanModel, PlanState, ResultKind
from chassis.ids import new_id

PLAN = Plan(new_id(), new_id(), 2026, new_id(), new_id(), new_id(), PlanState.DRAFT, 1, None, 1)
EXPECTED_TWICE = (BehaviourExpectation(BehaviourValue.BP, "a"), BehaviourExpectation(BehaviourValue.BP, "b"))
QUANTITY = Indicator("usul selesai", Aspect.QUANTITY, target_number=120, unit="usul")

TARGETS = {
    "DRAFT": {"SUBMIT", "CLOSE"},
    "SUBMITTED": {"RETURN", "ACTIVATE", "CLOSE"},
    "RETURNED": {"SUBMIT", "CLOSE"},
    "ACTIVE": {"REVISE", "CLOSE"},
    "REVISED": {"SUBMIT", "CLOSE"},
    "CLOSED": set(),
}
AFTER = {
    "SUBMIT": PlanState.SUBMITTED,
    "RETURN": PlanState.RETURNED,
    "ACTIVATE": PlanState.ACTIVE,
    "REVISE": PlanState.REVISED,
    "CLOSE": PlanState.CLOSED,
}


@pytest.mark.parametrize("state", list(PlanState))
@pytest.mark.parametrize("move", [PlanMove.SUBMIT, PlanMove.RETURN, PlanMove.ACTIVATE, PlanMove.REVISE, PlanMove.CLOSE])
def test_only_the_allowed_moves_are_taken(state, move):
    plan = replace(PLAN, state=state)
    if move in TARGETS[state]:
        assert plan.moved(move).state is AFTER[move]
    else:
        with pytest.raises(PlanMoveRefused) as refused:
            plan.moved(move)
        assert f"berstatus {in_words(state)}, " in refused.value.detail


@pytest.mark.parametrize("state", list(PlanState))
def test_a_plan_is_edited_only_as_draft_returned_or_under_revision(state):
    plan = replace(PLAN, state=state)
    if state in {"DRAFT", "RETURNED", "REVISED"}:
        plan.require_editable()
    else:
        with pytest.raises(PlanMoveRefused):
            plan.require_editable()


def test_a_plan_without_appraiser_is_submitted_and_waits():
    assert replace(PLAN, appraiser_id=None).submitted().state is PlanState.SUBMITTED


def test_a_revision_leaves_the_agreed_version_in_force():
    revised = PLAN.submitted().activated().revised(2)
    assert (revised.state, revised.plan_version, revised.in_force()) == (PlanState.REVISED, 2, 1)
    assert revised.submitted().activated().in_force() == 2


@pytest.mark.parametrize("in_force", [None, 1])
@pytest.mark.parametrize("state", list(PlanState))
def test_what_is_submitted_goes_back_and_a_revision_is_dropped(state, in_force):
    plan = replace(PLAN, state=state, plan_version=1 if in_force is None else 2, active_version=in_force)
    target = {
        ("SUBMITTED", None): ("DRAFT", 1),
        ("SUBMITTED", 1): ("REVISED", 2),
        ("RETURNED", 1): ("ACTIVE", 1),
        ("REVISED", 1): ("ACTIVE", 1),
    }.get((state, in_force))
    assert (PlanMove.WITHDRAW in plan.moves()) == (target is not None)
    if target is None:
        with pytest.raises(PlanMoveRefused):
            plan.withdrawn()
    else:
        after = plan.withdrawn()
        assert (after.state, after.plan_version, after.active_version) == (*target, in_force)


def test_nothing_refers_to_a_plan_that_was_never_active_or_is_closed():
    with pytest.raises(PlanNeverActive):
        PLAN.in_force()
    with pytest.raises(PlanClosed):
        PLAN.submitted().activated().moved(PlanMove.CLOSE).in_force()


def result(**fields):
    return WorkResult(new_id(), ResultKind.MAIN, "Layanan tepat waktu", **{"indicators": (QUANTITY,), **fields})


@pytest.mark.parametrize(
    ("model", "row", "high_leader", "codes"),
    [
        ("QUANTITATIVE", result(), False, []),
        ("QUANTITATIVE", result(perspective=Perspective.BUDGET), False, ["perspective_not_used"]),
        ("QUANTITATIVE", result(), True, ["perspective_required"]),
        ("QUANTITATIVE", result(perspective=Perspective.BUDGET), True, []),
        (
            "QUANTITATIVE",
            result(indicators=(Indicator("cepat"),)),
            False,
            ["aspect_required", "target_required"],
        ),
        ("QUALITATIVE", result(indicators=(Indicator("pimpinan menilai layanan membaik"),)), False, []),
        ("QUALITATIVE", result(), False, ["aspect_not_used"]),
    ],
)
def test_the_form_of_a_plan_is_checked(model, row, high_leader, codes):
    problems = content_problems(Content(PlanModel(model), (row,)), high_leader=high_leader)
    assert [p.code for p in problems] == codes


def test_a_value_is_expected_once():
    content = Content(PlanModel.QUANTITATIVE, behaviour_expectations=EXPECTED_TWICE)
    assert [p.field for p in content_problems(content, high_leader=False)] == ["behaviour_expectations.1.value"]


def test_a_plan_is_submitted_with_a_main_result_and_indicators():
    bare = Content(PlanModel.QUALITATIVE, (replace(result(), kind=ResultKind.EXTRA, indicators=()),))
    assert [p.code for p in incompleteness(bare, high_leader=False)] == ["main_result_missing", "indicator_missing"]
