"""Aggregates move from state to state by one table, and refuse everything else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from chassis.errors import Conflict
from directory.performance import Predicate
from incentive.domain.allowance_run import MOVES, AllowanceRun, RunState
from incentive.domain.award import Award, AwardState, DecideAward
from incentive.domain.errors import AwardAlreadyDecided, RunNotCalculated, RunStillCalculating
from incentive.domain.policy import Policy, PolicyDraft
from incentive.domain.policy_days import policies_of_month
from incentive.domain.tukin_rules import rules_from
from tests.incentive.builders import RULES

NOW, RUNNER, APPROVER = datetime(2026, 2, 2, tzinfo=UTC), uuid4(), uuid4()
DRAFT = PolicyDraft("Tukin", date(2026, 1, 1), None, rules_from(RULES), "rekaan", "")
POLICY = Policy.drafted(uuid4(), 1, DRAFT, RUNNER, NOW).published(APPROVER, NOW)
GOVERNING = policies_of_month([POLICY], date(2026, 1, 1))
RUN = AllowanceRun.started(uuid4(), date(2026, 1, 1), GOVERNING, RUNNER, NOW)
STEPS = {
    RunState.CALCULATING: lambda run: run.restarted(GOVERNING, RUNNER, NOW),
    RunState.CALCULATED: lambda run: run.calculated({"lines": 1}, NOW),
    RunState.APPROVED: lambda run: run.approved(APPROVER, NOW, GOVERNING, GOVERNING),
    RunState.PAID: lambda run: run.paid(APPROVER, NOW, "SP2D-1"),
}


@pytest.mark.parametrize("target", RunState)
@pytest.mark.parametrize("state", RunState)
def test_a_run_makes_the_moves_of_its_table_and_no_other(state, target):
    run = replace(RUN, state=state)
    if target in MOVES[state]:
        moved = STEPS[target](run)
        assert (moved.state, moved.version) == (target, run.version + 1)
    else:
        refusals = (RunNotCalculated, RunStillCalculating)
        with pytest.raises(refusals) as refused:
            STEPS[target](run)
        assert isinstance(refused.value, Conflict)


def test_a_restarted_run_forgets_its_totals_and_goes_by_the_present_policy():
    other = replace(POLICY, id=uuid4())
    again = RUN.calculated({"lines": 3, "problems": 0}, NOW).restarted(
        policies_of_month([other], date(2026, 1, 1)), APPROVER, NOW
    )
    assert (again.round, again.totals, again.policy_id, again.run_by) == (2, {}, other.id, APPROVER)
    assert again.calculated_at is None


def test_publishing_twice_changes_nothing():
    assert POLICY.published(RUNNER, NOW) is POLICY


@pytest.mark.parametrize("state", [AwardState.GRANTED, AwardState.DECLINED])
def test_an_award_is_decided_once(state):
    award = Award(
        id=uuid4(),
        employee_id=uuid4(),
        kind="RECOGNITION",
        year=2026,
        state=state,
        evaluation_id=uuid4(),
        evaluation_version=1,
        predicate=Predicate.GOOD,
        period="2026",
        reason="x",
        nominated_by=RUNNER,
        nominated_at=NOW,
        reference_id=uuid4(),
    )
    command = DecideAward(award.id, True, "KEP-1", date(2026, 3, 1), None)
    with pytest.raises(AwardAlreadyDecided):
        award.decided(command, APPROVER)
    granted = replace(award, state=AwardState.NOMINATED).decided(command, APPROVER)
    assert (granted.state, granted.version) == (AwardState.GRANTED, 2)
