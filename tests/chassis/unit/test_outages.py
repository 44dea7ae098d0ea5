"""What repeats until something is back is logged when it is new, and once a minute after that."""

from chassis.observability import outages
from chassis.observability.outages import OutageLog


def test_a_reason_is_logged_when_it_is_new_and_again_after_a_minute(monkeypatch):
    log, clock = OutageLog(), iter([0.0, 1.0, 2.0, 59.0, 60.0, 61.0])
    monkeypatch.setattr(outages.time, "monotonic", clock.__next__)
    asked = ["bus", "bus", "database", "bus", "bus", "database"]
    assert [log.is_due(reason) for reason in asked] == [True, False, True, False, True, False]
