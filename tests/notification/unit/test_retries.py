"""When to try again, and when to stop."""

from datetime import UTC, datetime, timedelta

import pytest

from notification.domain.retries import (
    DELIVERY_MINUTES,
    EMAIL_MINUTES,
    Outcome,
    Patience,
    classify_status,
    endpoint_rest,
    next_attempt,
)

NOW = datetime(2026, 7, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.DELIVERED), (204, Outcome.DELIVERED), (299, Outcome.DELIVERED), (301, Outcome.REFUSED),
        (307, Outcome.REFUSED), (400, Outcome.REFUSED), (404, Outcome.REFUSED), (408, Outcome.ENDPOINT_DOWN),
        (410, Outcome.GONE), (422, Outcome.REFUSED), (425, Outcome.ENDPOINT_DOWN), (429, Outcome.ENDPOINT_DOWN),
        (500, Outcome.ENDPOINT_DOWN), (503, Outcome.ENDPOINT_DOWN),
    ],
)  # fmt: skip
def test_what_an_answer_means(status, outcome):
    assert classify_status(status) is outcome


@pytest.mark.parametrize("minutes", [EMAIL_MINUTES, DELIVERY_MINUTES])
def test_the_table_is_followed_to_its_end(minutes):
    waits = [next_attempt(number, NOW, minutes) for number in range(1, len(minutes) + 1)]
    assert [wait - NOW for wait in waits] == [timedelta(minutes=wait) for wait in minutes]
    assert next_attempt(len(minutes) + 1, NOW, minutes) is None
    assert list(minutes) == sorted(minutes)


def test_a_receiver_may_ask_for_more_time_but_not_for_ever():
    assert next_attempt(1, NOW, DELIVERY_MINUTES, timedelta(minutes=30)) == NOW + timedelta(minutes=30)
    assert next_attempt(1, NOW, DELIVERY_MINUTES, timedelta(seconds=1)) == NOW + timedelta(minutes=1)
    assert next_attempt(1, NOW, DELIVERY_MINUTES, timedelta(days=40)) == NOW + timedelta(hours=6)


def test_an_endpoint_that_stays_down_is_asked_less_and_less():
    rests = [endpoint_rest(number) for number in range(12)]
    assert rests[0] == timedelta()
    assert rests == sorted(rests)
    assert rests[-1] == timedelta(minutes=10)


def test_patience_ends_after_its_days():
    patience = Patience(5)
    assert not patience.is_over(None, NOW)
    assert not patience.is_over(NOW - timedelta(days=4, hours=23), NOW)
    assert patience.is_over(NOW - timedelta(days=5), NOW)
