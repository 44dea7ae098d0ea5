"""Training consumes the producers' own examples; what it publishes fits its published schemas."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from training.consumers import consumers

EVENTS = Path(__file__).parents[3] / "contracts/events"
CONSUMED = consumers.subscriptions()
EXAMPLES = [
    path
    for producer, name, version in CONSUMED
    for path in sorted((EVENTS / producer / "examples").glob(f"{name}.v{version}.*"))
]
PUBLISHED = sorted((EVENTS / "training/examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_of_what_it_consumes_is_handled(service, path):
    service.deliver_example(EVENTS / "personnel/examples/AgencyChanged.v1.kemcontoh.json")
    event = service.deliver_example(path)
    assert service.deferred(event.agency_id) == []


def test_there_are_examples_of_all_it_consumes():
    assert {path.name.split(".")[0] for path in EXAMPLES} == {name for _, name, _ in CONSUMED}


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_every_example_of_what_it_publishes_fits_its_schema(path):
    body = json.loads(path.read_text())
    schema = json.loads((EVENTS / "training" / Path(body["dataschema"]).name).read_text())
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(body["data"])
    assert body["subject"] == body["data"].get("employee_id", body["data"].get("proposal_id"))


def test_what_it_really_publishes_has_an_example_of_the_same_shape(service, agency, person):
    from tests.training.builders import Context

    context = Context(service, agency, person)
    context.a_competency("mapping", "Pemetaan")
    context.follow_up(context.siti, "mapping")
    context.a_course()
    context.enrol(context.siti, session := context.a_session())
    record_id = context.finish(context.siti, session)["record_id"]
    context.two(f"/records/{record_id}/revoke", {"reason_code": "ENTERED_IN_ERROR"})
    published = {one["type"]: set(one["data"]) for one in service.events(agency)}
    shown = {(body := json.loads(path.read_text()))["type"]: set(body["data"]) for path in PUBLISHED}
    assert published == shown
