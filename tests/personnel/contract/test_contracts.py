"""What this service says fits its published schemas, and the published examples do."""

import json
from dataclasses import fields
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from chassis.bus.envelope import Event, IntegrationEvent, schema_path
from personnel import events
from testkit.plugin import CONTRACTS
from tests.personnel.builders import Ministry

FOLDER = CONTRACTS / "events" / "personnel"
EXAMPLES = sorted((FOLDER / "examples").glob("*.json"))
EVENTS = [
    events.AgencyChanged,
    events.OrgUnitChanged,
    events.OrgUnitTimelineChanged,
    events.EmployeeChanged,
    events.AssignmentChanged,
    events.EmployeeContactChanged,
    events.EmployeeTimelineChanged,
    events.ExternalOfficialChanged,
    events.OfficialContactChanged,
    events.SubstitutionChanged,
    events.TeamChanged,
]
IMPORTED = {"AgencyChanged", "OrgUnitChanged", "OrgUnitTimelineChanged", "EmployeeChanged", "AssignmentChanged",
            "EmployeeContactChanged", "EmployeeTimelineChanged"}  # fmt: skip
PERSONAL = ("nip", "name", "email", "birth_date")


def schema_of(kind: type[IntegrationEvent]) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((CONTRACTS / schema_path(kind.PRODUCER, kind.NAME, kind.VERSION)).read_text())
    return schema


def validator(path: str) -> Draft202012Validator:
    schema = json.loads((CONTRACTS / path).read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_each_example_is_an_envelope_of_valid_data(path):
    event = Event.parse(path.read_text())
    validator(schema_path(event.producer, event.name, event.version)).validate(event.data)
    assert path.name.startswith(f"{event.name}.v{event.version}.")


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.NAME)
def test_each_event_has_an_example_and_the_fields_of_its_schema(kind):
    schema = schema_of(kind)
    assert set(schema["properties"]) == {one.name for one in fields(kind)}
    assert any(path.name.startswith(f"{kind.NAME}.v{kind.VERSION}.") for path in EXAMPLES)


def test_only_the_internal_event_carries_personal_data():
    for kind in EVENTS:
        schema = schema_of(kind)
        if kind.SUBJECT == "employee_id" and not schema["x-internal"]:
            assert not set(schema["properties"]) & set(PERSONAL), kind.NAME


def test_a_whole_import_says_nothing_outside_its_schemas(ministry: Ministry):
    ministry.populate()
    published = ministry.events()
    assert {one["type"] for one in published} == IMPORTED
    for one in published:
        validator(one["dataschema"].removeprefix("/contracts/")).validate(one["data"])
        assert one["agency"] == ministry.agency
