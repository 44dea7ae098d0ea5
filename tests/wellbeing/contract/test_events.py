"""What is published fits its schema; what is consumed is understood from the producer's examples."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from wellbeing.consumers import consumers

EVENTS = Path(__file__).parents[3] / "contracts" / "events"
PUBLISHED = sorted((EVENTS / "wellbeing").glob("*.schema.json"))


def examples(producer, name="*"):
    return sorted((EVENTS / producer / "examples").glob(f"{name}.v1.*.json"))


@pytest.mark.parametrize("path", examples("wellbeing"), ids=lambda path: path.name)
def test_every_example_of_what_is_published_fits_its_schema(path):
    envelope = json.loads(path.read_text())
    schema = json.loads((EVENTS.parents[1] / envelope["dataschema"].lstrip("/")).read_text())
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(envelope["data"])) == []


def test_every_event_has_an_example():
    assert [len(examples("wellbeing", path.name.split(".")[0])) > 0 for path in PUBLISHED] == [True] * 4


@pytest.mark.parametrize(
    "path",
    [path for producer, name, _ in consumers.subscriptions() for path in examples(producer, name)],
    ids=lambda path: path.name,
)
def test_every_example_of_what_is_consumed_is_understood(service, agency, path):
    service.deliver_example(path, agency)

    assert service.deferred(agency) == []


def test_every_consumed_event_has_examples():
    for producer, name, _ in consumers.subscriptions():
        assert examples(producer, name), name
