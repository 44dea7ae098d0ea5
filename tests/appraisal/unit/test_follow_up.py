"""The life of a follow-up: opened by a rating, assigned, closed once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from appraisal.domain.errors import FollowUpClosed
from appraisal.domain.follow_up import ActionKind, FollowUp, FollowUpAction, FollowUpOutcome
from appraisal.domain.values import FollowUpKind, FollowUpState
from chassis.errors import Forbidden, InvalidInput, NotFound
from chassis.ids import new_id
from tests.appraisal.unit.test_evaluation import an_evaluation

NOW = datetime(2026, 7, 6, 3, tzinfo=UTC)


def a_follow_up(kind="COACHING"):
    return FollowUp.opened(new_id(), an_evaluation("PERIODIC", "FINAL"), FollowUpKind(kind), NOW, repeated=False)


def test_coaching_is_the_appraisers_and_a_counsellor_is_named_by_hr():
    assert a_follow_up().assigned_to == a_follow_up().appraiser_id
    assert a_follow_up("COUNSELLING").assigned_to is None


def test_the_appraiser_of_today_is_a_party_to_coaching_only():
    successor = new_id()
    assert successor in replace(a_follow_up(), present_appraiser_id=successor).parties
    assert successor not in replace(a_follow_up("COUNSELLING"), present_appraiser_id=successor).parties


def test_a_follow_up_is_closed_once_and_never_by_its_employee():
    follow_up = a_follow_up()
    with pytest.raises(Forbidden):
        follow_up.closed(follow_up.employee_id, FollowUpOutcome.IMPROVED, NOW)
    closed = follow_up.closed(follow_up.appraiser_id, FollowUpOutcome.IMPROVED, NOW)
    assert (closed.state, closed.closed_at, closed.outcome) == (FollowUpState.CLOSED, NOW, "IMPROVED")
    for late in (
        closed.require_open,
        lambda: closed.assigned(new_id()),
        lambda: closed.closed(closed.appraiser_id, FollowUpOutcome.REFERRED, NOW),
    ):
        with pytest.raises(FollowUpClosed):
            late()


def test_nobody_coaches_themselves():
    follow_up = a_follow_up()
    with pytest.raises(InvalidInput):
        follow_up.assigned(follow_up.employee_id)


def test_an_action_is_done_once():
    action = FollowUpAction(new_id(), ActionKind.TRAINING, "Pemetaan proses", None, None, new_id(), NOW)
    done = action.done(date(2026, 9, 20))
    assert done.done_on == date(2026, 9, 20)
    with pytest.raises(NotFound):
        done.done(date(2026, 9, 21))


def test_what_a_correction_has_closed_is_opened_again_by_a_correction_alone():
    closed = a_follow_up().corrected("SK-1/2026", NOW)
    assert (closed.state, closed.outcome, closed.closed_at) == (FollowUpState.CLOSED, "NOT_NEEDED", NOW)
    assert "SK-1/2026" in closed.close_reason
    with pytest.raises(FollowUpClosed):
        closed.corrected("SK-2/2026", NOW)
    again = closed.asked_for_again(repeated=True)
    assert (again.state, again.outcome, again.closed_at, again.close_reason) == (FollowUpState.OPEN, "", None, "")
    assert (closed.revised(repeated=True).repeated, again.repeated) == (False, True)
    by_person = a_follow_up()
    by_person = by_person.closed(by_person.appraiser_id, FollowUpOutcome.IMPROVED, NOW)
    assert by_person.asked_for_again(repeated=True) is by_person
    assert by_person.revised(repeated=True).repeated
