"""Every example of a subscribed event is handled; every published event fits its example."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from chassis.bus.contracts import Contracts
from incentive import events
from incentive.consumers import consumers

CONTRACTS = Path(__file__).parents[3] / "contracts"
CONSUMED = [(producer, name, version) for producer, name, version in consumers.subscriptions()]
EXAMPLES = [
    path
    for producer, name, version in CONSUMED
    for path in sorted((CONTRACTS / "events" / producer / "examples").glob(f"{name}.v{version}.*.json"))
]
PUBLISHED = sorted((CONTRACTS / "events/incentive/examples").glob("*.json"))


def test_the_handlers_are_those_of_the_published_subscriptions():
    assert set(Contracts(CONTRACTS).subscriptions("incentive")) == set(CONSUMED)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_of_a_subscribed_event_is_handled(service, agency, path):
    service.deliver_example(path, agency)
    assert service.deferred(agency) == []


@pytest.mark.parametrize("producer,name,version", CONSUMED)
def test_there_is_an_example_of_every_subscribed_event(producer, name, version):
    assert any(path.name.startswith(f"{name}.v{version}.") for path in EXAMPLES)


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_what_is_published_has_the_fields_of_its_example(path):
    body = json.loads(path.read_text())
    event_class = getattr(events, body["type"])
    assert set(body["data"]) == {field.name for field in fields(event_class)}
    assert not any("amount" in name or "rupiah" in name for name in body["data"])


def test_every_event_has_a_schema_and_an_example():
    named = {path.name.split(".")[0] for path in PUBLISHED}
    declared = {
        name for name, one in vars(events).items() if isinstance(one, type) and one.__module__ == events.__name__
    }
    assert declared == named
