"""Examples in: every example of what is heard is taken. Examples out: what is said fits its published example."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from chassis.bus.contracts import Contracts
from incentive import events
from incentive.consumers import consumers

CONTRACTS = Path(__file__).parents[3] / "contracts"
HEARD = [(producer, name, version) for producer, name, version in consumers.subscriptions()]
EXAMPLES = [
    path
    for producer, name, version in HEARD
    for path in sorted((CONTRACTS / "events" / producer / "examples").glob(f"{name}.v{version}.*.json"))
]
SAID = sorted((CONTRACTS / "events/incentive/examples").glob("*.json"))


def test_what_is_heard_is_what_the_subscriptions_say():
    assert set(Contracts(CONTRACTS).subscriptions("incentive")) == set(HEARD)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_of_what_is_heard_is_taken(service, agency, path):
    service.deliver_example(path, agency)
    assert service.deferred(agency) == []


@pytest.mark.parametrize("producer,name,version", HEARD)
def test_there_is_an_example_of_everything_heard(producer, name, version):
    assert any(path.name.startswith(f"{name}.v{version}.") for path in EXAMPLES)


@pytest.mark.parametrize("path", SAID, ids=lambda path: path.name)
def test_what_is_said_has_the_fields_of_its_example(path):
    body = json.loads(path.read_text())
    fact = getattr(events, body["type"])
    assert set(body["data"]) == {field.name for field in fields(fact)}
    assert not any("amount" in name or "rupiah" in name for name in body["data"])


def test_every_fact_has_a_schema_and_an_example():
    named = {path.name.split(".")[0] for path in SAID}
    facts = {name for name, one in vars(events).items() if isinstance(one, type) and one.__module__ == events.__name__}
    assert facts == named
