"""Events: what is in_code has a schema and an example, what is heard is declared, and nothing forbidden travels."""

import importlib
import json
import pkgutil
import re
import tomllib
from datetime import date

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from appraisal.domain.obligation import ObligationKind
from chassis.bus.contracts import Contracts
from chassis.bus.envelope import Event, IntegrationEvent
from suar_operator.services import OWNERS
from suar_runner.plan import component_of
from tests.architecture.layout import ROOT

CONTRACTS = Contracts(ROOT / "contracts")
SCHEMAS = sorted((ROOT / "contracts/events").glob("*/*.schema.json"))
RETIRED = sorted((ROOT / "contracts/retired/events").glob("*/*.schema.json"))
EXAMPLES = sorted((ROOT / "contracts/events").glob("*/examples/*.json"))
# words whose values never belong in an event: names, contact, pay, health, discipline, free text
FORBIDDEN = {
    "nip",
    "name_of_person",
    "amount",
    "salary",
    "allowance",
    "diagnosis",
    "health",
    "penalty",
    "text",
    "note",
    "reason",
}

# the fields of a list of numbers by code
COUNTED = {"kind": "string", "own": "boolean", "count": "integer", "due_at": "string"}


def events_of(service):
    try:
        module = importlib.import_module(f"{component_of(service)}.events")
    except ModuleNotFoundError:
        return []
    modules = [module]
    if hasattr(module, "__path__"):
        modules += [
            importlib.import_module(f"{module.__name__}.{one.name}") for one in pkgutil.iter_modules(module.__path__)
        ]
    found = {value for one in modules for value in vars(one).values() if isinstance(value, type)}
    return [one for one in found if issubclass(one, IntegrationEvent) and hasattr(one, "NAME")]


@pytest.mark.parametrize("service", OWNERS)
def test_what_a_service_subscribes_to_is_what_is_declared(service):
    consumers = importlib.import_module(f"{component_of(service)}.worker").consumers
    assert sorted(consumers.subscriptions()) == sorted(CONTRACTS.subscriptions(service))


@pytest.mark.parametrize("service", OWNERS)
def test_each_event_has_its_schema_and_each_schema_its_event(service):
    in_code = {f"{one.NAME}.v{one.VERSION}" for one in events_of(service)}
    written = {path.name.removesuffix(".schema.json") for path in SCHEMAS if path.parent.name == service}
    assert in_code == written
    assert all(service == one.PRODUCER for one in events_of(service))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_each_schema_is_sound_and_has_an_example(path):
    schema = json.loads(path.read_text())
    Draft202012Validator.check_schema(schema)
    assert schema["required"], "a schema that requires nothing promises nothing"
    stem = path.name.removesuffix(".schema.json")
    assert list(path.parent.glob(f"examples/{stem}*.json")), f"no example of {stem}"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_each_example_is_a_whole_envelope_that_fits_its_schema(path):
    body = json.loads(path.read_text())
    event = Event.parse(json.dumps(body))
    assert event.producer == path.parents[1].name
    schema = json.loads(
        (ROOT / f"contracts/events/{event.producer}/{event.name}.v{event.version}.schema.json").read_text()
    )
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(event.data)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_no_event_carries_pay_health_discipline_or_free_text(path):
    schema = json.loads(path.read_text())
    carried = set(schema["properties"])
    assert not carried & FORBIDDEN
    if not schema["x-internal"]:
        assert "email" not in carried


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_each_schema_says_whether_the_event_may_reach_other_agencies(path):
    schema = json.loads(path.read_text())
    assert schema.get("x-internal") in {True, False}, 'write "x-internal": true, or false if other agencies may get it'


@pytest.mark.parametrize("path", [*SCHEMAS, *RETIRED], ids=lambda path: path.name)
def test_an_event_that_ends_names_its_last_day_and_a_successor_that_goes_on(path):
    """See docs/changing-an-event.md."""
    schema = json.loads(path.read_text())
    ending = {"deprecated", "x-sunset", "x-successor"}
    if path in SCHEMAS and not ending & schema.keys():
        return
    assert ending <= schema.keys()
    assert schema["deprecated"] is True
    date.fromisoformat(schema["x-sunset"])
    successor = next(one for one in SCHEMAS if json.loads(one.read_text())["title"] == schema["x-successor"])
    after = json.loads(successor.read_text())
    assert not ending & after.keys()
    assert after["x-internal"] is schema["x-internal"]


@pytest.mark.parametrize("path", RETIRED, ids=lambda path: path.name)
def test_what_is_retired_is_published_and_consumed_by_nobody_and_stays_readable(path):
    producer, event = path.parent.name, path.name.removesuffix(".schema.json")
    assert event not in {f"{one.NAME}.v{one.VERSION}" for one in events_of(producer)}
    assert not (ROOT / "contracts/events" / producer / path.name).exists()
    name, version = event.rsplit(".v", 1)
    for service in OWNERS:
        assert (producer, name, int(version)) not in CONTRACTS.subscriptions(service)
    examples = sorted(path.parent.glob(f"examples/{event}.*.json"))
    assert examples
    for one in examples:
        found = Event.parse(one.read_text())
        assert CONTRACTS.first_violation(producer, name, int(version), found.data) is None
        assert CONTRACTS.is_internal(found) is json.loads(path.read_text())["x-internal"]


def test_the_page_on_changing_an_event_speaks_of_events_and_codes_that_are_there():
    page = (ROOT / "docs/changing-an-event.md").read_text()
    known = {f"{path.parent.name}.{path.name.removesuffix('.schema.json')}": path for path in [*SCHEMAS, *RETIRED]}
    named = set(re.findall(r"personnel\.\w+\.v\d", page))
    assert {one for one in named if known[one] in RETIRED} == {one for one in named if one.endswith(".v1")}
    assert {json.loads(known[one].read_text())["x-successor"] for one in named if one.endswith(".v1")} <= named
    errors = importlib.import_module("notification.domain.errors")
    codes = {one.code for one in vars(errors).values() if isinstance(one, type) and hasattr(one, "code")}
    assert set(re.findall(r"`(event_type_\w+)`", page)) <= codes
    assert importlib.import_module("notification.jobs").JOB in page
    assert importlib.import_module("notification.domain.subscription").TYPES_RETIRED in page


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_what_may_be_shown_to_people_is_marked_and_is_a_number_or_a_date(path):
    """The texts of messages hold these fields only: no rating, no free text, nothing that names a person.

    A list of numbers by code is shown in the words that notification has for each code.
    """
    for name, its in json.loads(path.read_text())["properties"].items():
        if "x-displayable" not in its:
            continue
        assert its["x-displayable"] is True, f"{name}: leave the mark out instead"
        if its["type"] == "array":
            fields = its["items"]["properties"].items()
            assert {key: one["type"] for key, one in fields} == COUNTED
            assert all("pattern" in one or "format" in one for _, one in fields if one["type"] == "string")
            continue
        kinds = {its["type"]} if isinstance(its["type"], str) else set(its["type"])
        is_short = "format" in its or "pattern" in its or kinds <= {"integer", "null"}
        assert kinds <= {"string", "integer", "null"}, name
        assert is_short, f"{name}: a number, or a string with a format or a pattern"
        assert its.get("format") not in {"uuid", "email"}, name
        assert name not in FORBIDDEN


@pytest.mark.parametrize("service", OWNERS)
def test_what_is_consumed_is_published_by_somebody(service):
    for producer, name, version in CONTRACTS.subscriptions(service):
        if producer != "*":
            assert (ROOT / f"contracts/events/{producer}/{name}.v{version}.schema.json").exists()


def test_each_kind_of_obligation_that_people_are_reminded_of_has_words():
    """A kind without words is a further duty to whoever is reminded of it: that is for a producer that is newer."""
    found = tomllib.loads((ROOT / "services/notification/notification/templates/reminders.toml").read_text())
    reminded = {kind.value for kind in ObligationKind} - {ObligationKind.RECEIPT.value}
    assert reminded == found["words"].keys() - {"OTHER"}
