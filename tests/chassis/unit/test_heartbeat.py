"""A worker's file is touched while its loops turn, and left to age when one is stuck."""

import threading

import pytest

from chassis.observability.heartbeat import Heartbeat


@pytest.fixture
def path(tmp_path):
    return tmp_path / "beat"


def test_a_loop_that_asks_keeps_the_file_young(path):
    heartbeat = Heartbeat(path)
    assert not heartbeat.watch("loop", threading.Event()).is_set()
    assert heartbeat.beat() == []
    assert path.exists()


def test_a_loop_that_no_longer_asks_is_named_and_the_file_ages(path):
    heartbeat = Heartbeat(path, stuck_after=0.0)
    heartbeat.watch("stuck", threading.Event())
    assert heartbeat.beat() == ["stuck"]
    assert not path.exists()


def test_a_loop_that_waits_for_the_stop_signal_lives_however_long_it_waits(path):
    heartbeat, stop = Heartbeat(path, stuck_after=0.0), threading.Event()
    pulse = heartbeat.watch("patient", stop)
    waiting = threading.Thread(target=pulse.wait)
    waiting.start()
    while heartbeat.stuck() and waiting.is_alive():
        pass
    assert heartbeat.beat() == []
    stop.set()
    waiting.join(5)
    assert pulse.is_set()


def test_a_loop_can_ask_everybody_to_stop(path):
    stop = threading.Event()
    Heartbeat(path).watch("loop", stop).set()
    assert stop.is_set()


def test_without_a_path_nothing_is_written(tmp_path):
    Heartbeat(None).beat()
    assert list(tmp_path.iterdir()) == []
