"""What the broker's own regular expressions let each service do."""

import re

import pytest

from chassis.bus.topology import Topology, replay_key
from suar_operator.broker import rights_of
from suar_operator.services import SERVICES

TOPOLOGY = Topology("suar")


def allows(pattern, name):
    return re.search(pattern, name) is not None


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_its_own_queues_only(service):
    rights = rights_of(service, TOPOLOGY)
    for other in SERVICES:
        for queue in (TOPOLOGY.queue(other).name, TOPOLOGY.dead_letter_queue(other).name):
            assert allows(rights.read, queue) == (other == service)
    assert not allows(rights.read, "suar.events")
    assert not allows(rights.read, f"suar.{service}.dead.other")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_makes_nothing_and_writes_to_the_two_exchanges_only(service):
    rights = rights_of(service, TOPOLOGY)
    for name in (
        "suar.events",
        "suar.replays",
        "amq.default",
        "amq.topic",
        "suar.appraisal",
        "suarXevents",
        "x.suar.events",
    ):
        assert not allows(rights.configure, name)
        assert allows(rights.write, name) == (name in {"suar.events", "suar.replays"})


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("producer", SERVICES)
def test_a_service_says_its_own_events_only_now_and_again(service, producer):
    keys = rights_of(service, TOPOLOGY).keys
    key = f"kemcontoh.{producer}.SomethingHappened.v1"
    assert allows(keys["suar.events"], key) == (producer == service)
    assert allows(keys["suar.replays"], replay_key("notification", key)) == (producer == service)


@pytest.mark.parametrize(
    "key",
    [
        "kemcontoh.personnel.EmployeeChanged.v1.appraisal.x",
        "a.b.appraisal.Done.v1",
        "appraisal.Done.v1",
        "kemcontoh.appraisal.Done",
        "kemcontoh.appraisalx.Done.v1",
        "kemcontoh.xappraisal.Done.v1",
        "#",
        "",
    ],
)
def test_a_key_that_only_looks_like_an_own_one_is_refused(key):
    assert not allows(rights_of("appraisal", TOPOLOGY).keys["suar.events"], key)
