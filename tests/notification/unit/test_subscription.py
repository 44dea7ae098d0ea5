"""What a subscription may do in which state, and what calls of its endpoint do to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chassis.ids import new_id
from notification.domain.errors import PingTooSoon, SubscriptionStateConflict
from notification.domain.retries import Outcome, Patience
from notification.domain.subscription import OPEN, Subscription, SubscriptionState

NOW = datetime(2026, 7, 6, tzinfo=UTC)
ACTIVE, PAUSED, DISABLED, CLOSED = SubscriptionState
SUBSCRIPTION = Subscription(
    subscription_id=new_id(), client_id=new_id(), url="https://bkc.go.id/hook", event_types=("a.B.v1",),
    contact_email=None, data_from=None, position=7, created_at=NOW,
)  # fmt: skip


@pytest.mark.parametrize(
    ("move", "allowed", "to"),
    [
        (Subscription.paused, (ACTIVE,), PAUSED),
        (Subscription.resumed, (PAUSED, DISABLED), ACTIVE),
        (Subscription.closed, tuple(SubscriptionState), CLOSED),
        (lambda one: one.pinged(NOW), OPEN, None),
    ],
)
@pytest.mark.parametrize("state", SubscriptionState)
def test_a_move_leads_from_its_states_only(move, allowed, to, state):
    before = replace(SUBSCRIPTION, state=state)
    if state in allowed:
        assert move(before).state is (to or state)
    else:
        with pytest.raises(SubscriptionStateConflict):
            move(before)


@pytest.mark.parametrize(
    ("acknowledged", "failures", "failing_for", "state", "count"),
    [
        (True, set(), timedelta(days=9), ACTIVE, 0),
        (True, {Outcome.ENDPOINT_DOWN}, timedelta(days=9), ACTIVE, 1),
        (False, {Outcome.REFUSED}, timedelta(days=4), ACTIVE, 2),
        (False, {Outcome.ENDPOINT_DOWN}, timedelta(days=4), ACTIVE, 3),
        (False, {Outcome.ENDPOINT_DOWN}, timedelta(days=5), DISABLED, 2),
        (False, {Outcome.GONE}, timedelta(), DISABLED, 2),
        (True, {Outcome.GONE}, timedelta(days=9), DISABLED, 0),
    ],
)
def test_calls_count_failures_and_switch_off_what_is_gone_or_fails_for_days(
    acknowledged, failures, failing_for, state, count
):
    before = replace(SUBSCRIPTION, consecutive_failures=2, failing_since=NOW - failing_for)
    after = before.called(acknowledged=acknowledged, failures=failures, now=NOW, patience=Patience(5))
    assert (after.state, after.consecutive_failures) == (state, count)
    assert after.failing_since == (None if acknowledged else before.failing_since)


def test_a_replay_goes_back_to_the_earliest_place_and_skips_nothing_unfinished():
    since = NOW - timedelta(days=30)
    assert SUBSCRIPTION.replayed([5, 3], since).position == 3
    assert SUBSCRIPTION.replayed([9], since).position == 7
    limited = replace(SUBSCRIPTION, data_from=NOW)
    assert (limited.replayed([5], since).data_from, limited.replayed([5], since).run) == (since, 2)


def test_an_endpoint_is_tested_every_few_seconds_at_most():
    tested = SUBSCRIPTION.pinged(NOW)
    with pytest.raises(PingTooSoon):
        tested.pinged(NOW + timedelta(seconds=4))
    assert tested.pinged(NOW + timedelta(seconds=5)).last_ping_at == NOW + timedelta(seconds=5)
