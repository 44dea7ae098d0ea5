"""Between wellbeing and any rating or payment stands a wall. Each test is one way around it, and finds it closed."""

import ast
import configparser
import dataclasses
import importlib
import json
import re
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from chassis.auth import access_of
from chassis.bus.contracts import Contracts
from chassis.bus.envelope import IntegrationEvent, schema_path
from tests.architecture.layout import ROOT, SERVICES

RATING_AND_PAY = ["appraisal", "incentive"]
CONTRACTS = Contracts(ROOT / "contracts")
SCHEMAS = sorted((ROOT / "contracts/events/wellbeing").glob("*.schema.json"))
EXAMPLES = sorted((ROOT / "contracts/events/wellbeing/examples").glob("*.json"))
PERSON = re.compile(r"employee|person|account|reporter|member|nip|owner|handler|name|text|description|answer|score")
OUTSIDERS = {"hr_officer", "unit_leader", "inspector", "operator", "subscriber"}


@pytest.mark.parametrize("service", RATING_AND_PAY)
def test_no_event_of_wellbeing_is_subscribed_to(service):
    assert all(producer not in {"wellbeing", "*"} for producer, _, _ in CONTRACTS.subscriptions(service))


@pytest.mark.parametrize("service", RATING_AND_PAY)
def test_no_handler_listens_to_wellbeing(service):
    consumers = importlib.import_module(f"{service}.consumers").consumers
    assert all(producer not in {"wellbeing", "*"} for producer, _, _ in consumers.subscriptions())


def test_only_notification_subscribes_to_wellbeing_and_wellbeing_to_personnel_alone():
    hearers = {
        service
        for service in SERVICES
        if any(producer in {"wellbeing", "*"} for producer, _, _ in CONTRACTS.subscriptions(service))
    }
    assert hearers <= {"notification"}
    assert {producer for producer, _, _ in CONTRACTS.subscriptions("wellbeing")} == {"personnel"}


def words_of(schema):
    """Every property name of a schema, however deep."""
    for name, inner in schema.get("properties", {}).items():
        yield name
        yield from words_of(inner)
    for part in ("items", "additionalProperties"):
        if isinstance(schema.get(part), dict):
            yield from words_of(schema[part])


def keys_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    if isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_no_event_has_a_place_for_a_person_or_for_what_was_reported(path):
    schema = json.loads(path.read_text())
    assert [word for word in words_of(schema) if PERSON.search(word)] == []
    assert not {"PHYSICAL", "VERBAL", "GESTURE", "COERCION"} & set(json.dumps(schema).split('"'))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_no_example_of_an_event_names_a_person(path):
    assert [key for key in keys_of(json.loads(path.read_text())["data"]) if PERSON.search(key)] == []


def test_no_event_in_the_code_has_a_field_that_its_schema_hides():
    """Schemas tolerate further fields; the dataclasses that fill them must have none."""
    events = importlib.import_module("wellbeing.events")
    classes = [
        one
        for one in vars(events).values()
        if isinstance(one, type) and issubclass(one, IntegrationEvent) and one is not IntegrationEvent
    ]
    schema_of = {ROOT / "contracts" / schema_path(one.PRODUCER, one.NAME, one.VERSION): one for one in classes}
    assert set(schema_of) == set(SCHEMAS)
    for path, event in schema_of.items():
        schema = json.loads(path.read_text())
        assert {field.name for field in dataclasses.fields(event)} == set(schema["properties"])


def test_the_import_contract_keeps_the_services_apart():
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter")
    apart = [
        set(section["modules"].split())
        for section in rules.values()
        if section.get("type") == "independence" and "modules" in section
    ]
    assert any({"wellbeing", *RATING_AND_PAY} <= modules for modules in apart)


def sources(component):
    """The code of a service, without its comments and docstrings: what can act, not what is explained."""
    folder = ROOT / "services" / component / component
    return {path: acting(path.read_text()) for path in folder.rglob("*.py")}


def acting(text):
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not is_text(one)] or [ast.Pass()]
    return ast.unparse(tree)


def is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def test_what_it_shares_with_others_about_people_holds_no_rating_no_name_and_no_number():
    """Wellbeing keeps the directory; of what stands in it, it asks for no grade and no class of pay."""
    timelines, people = importlib.import_module("directory.timelines"), importlib.import_module("directory.people")
    known = {item.name for kind in (timelines.Timeline, timelines.Stretch) for item in dataclasses.fields(kind)}
    assert [word for word in known if re.search(r"name|nip|number|email|predicate|rating|amount", word)] == []
    assert not hasattr(people, "Predicate")
    texts = sources("wellbeing")
    assert any("keep_directory" in text for text in texts.values())
    refused = re.compile(r"directory\.performance|\bPredicate\b|\bgrade|\bjob_class\b")
    assert [str(path) for path, text in texts.items() if refused.search(text)] == []


@pytest.mark.parametrize("service", RATING_AND_PAY)
def test_their_code_names_wellbeing_nowhere(service):
    assert [str(path) for path, text in sources(service).items() if "wellbeing" in text.lower()] == []


@pytest.mark.parametrize("service", RATING_AND_PAY)
def test_their_settings_know_no_address_of_wellbeing(service):
    settings = importlib.import_module(f"{service}.settings").Settings
    told = " ".join(f"{item.name} {item.metadata.get('env', '')}" for item in dataclasses.fields(settings))
    assert "wellbeing" not in told.lower()


def test_nothing_that_starts_processes_hands_out_an_address_of_wellbeing():
    """A neighbour is called through a variable such as PERSONNEL_URL; there is none for wellbeing anywhere."""
    files = [*(ROOT / "deploy").rglob("*.py"), *ROOT.glob("docker-compose*.yml"), *(ROOT / "deploy").rglob("*.y*ml")]
    assert files
    assert [str(path) for path in files if "WELLBEING_URL" in path.read_text()] == []


def test_wellbeing_asks_nobody_and_sends_nothing_but_events():
    """Without a client of its own it cannot push a person's data anywhere either."""
    client = re.compile(
        r"^\s*(import|from)\s+(httpx|requests|urllib|http\.client|aiohttp|socket|smtplib|kombu|amqp)\b", re.MULTILINE
    )
    assert [str(path) for path, text in sources("wellbeing").items() if client.search(text)] == []
    settings = importlib.import_module("wellbeing.settings").Settings
    assert [item.name for item in dataclasses.fields(settings) if item.name.endswith("_url")] == [
        "database_url",
        "bus_url",
    ]


@pytest.fixture(scope="module")
def databases(postgres_url):
    """Roles and databases as the runner makes them, with names of their own on the tests' server."""
    from suar_operator.databases import DatabaseServer, new_passwords

    server = DatabaseServer(postgres_url, prefix=f"wall_{uuid4().hex[:8]}_")
    owners = ("appraisal", "incentive", "wellbeing")
    yield server.prepare(new_passwords(owners))
    server.remove(owners)


@pytest.mark.parametrize("service", RATING_AND_PAY)
def test_their_database_role_cannot_enter_wellbeings_database(databases, service):
    target = conninfo_to_dict(databases["wellbeing"])["dbname"]
    own = databases[service]
    psycopg.connect(own, connect_timeout=5).close()
    with pytest.raises(psycopg.OperationalError, match=r"permission denied|not permitted"):
        psycopg.connect(make_conninfo(own, dbname=target), connect_timeout=5)


@pytest.mark.parametrize("service", RATING_AND_PAY)
def test_their_database_role_holds_no_membership_and_no_power_to_lend_itself_one(databases, service):
    role = conninfo_to_dict(databases[service])["user"]
    with psycopg.connect(databases[service]) as connection:
        powers = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolbypassrls, rolreplication FROM pg_roles WHERE rolname = %s", [role]
        ).fetchone()
        member = connection.execute(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s", [role]
        ).fetchone()
    assert powers == (False, False, False, False)
    assert member == (0,)


def routes(app):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            yield rule.rule, sorted(rule.methods - {"HEAD", "OPTIONS"}), access_of(app.view_functions[rule.endpoint])


def test_no_role_that_rates_pays_or_oversees_may_enter_a_personal_room(app_of):
    """Cases, who takes part in what, check-ups: hr_officer, unit_leader, inspector, operator and subscriber stay out."""
    rooms = re.compile(r"/cases|/sessions/.*/enrolments|/attendance|/check-ups|/arrangements|/token")
    met = 0
    for path, methods, access in routes(app_of("wellbeing")):
        if rooms.search(path) and "/reports/" not in path:
            met += 1
            assert not access.is_public, path
            assert access.roles.isdisjoint(OUTSIDERS), (path, methods, access.roles)
    assert met >= 10


def test_operators_see_events_only_subscribers_nothing_and_personnel_officers_only_the_holidays(app_of):
    """The operator's routes are those of `operations`; what they show has no place for a person, as shown above."""
    doors = {"operator": set(), "subscriber": set(), "hr_officer": set()}
    for path, _, access in routes(app_of("wellbeing")):
        if path.startswith(("/api/v1/wellbeing/events/", "/api/v1/wellbeing/audit/")):
            assert access.roles == {"operator"}
            continue
        for role in doors.keys() & access.roles:
            doors[role].add(path)
    assert doors == {"operator": set(), "subscriber": set(), "hr_officer": {"/api/v1/wellbeing/holidays"}}


def test_inspectors_read_counts_published_results_and_reference_data_and_change_nothing(app_of):
    allowed = {"/surveys", "/surveys/<uuid:survey_id>", "/surveys/<uuid:survey_id>/results", "/summary"}
    allowed |= {"/reference/<string:kind>", "/holidays"}
    for path, methods, access in routes(app_of("wellbeing")):
        if "inspector" in access.roles:
            assert path.removeprefix("/api/v1/wellbeing") in allowed
            assert methods == ["GET"]


def test_only_the_endpoints_that_must_not_know_who_calls_are_open(app_of):
    public = {
        path.removeprefix("/api/v1/wellbeing") for path, _, access in routes(app_of("wellbeing")) if access.is_public
    }
    assert public == {"/answers", "/reports/cases", "/reports/hazards", "/reports/follow", "/reports/messages"}


def test_no_answer_of_the_api_of_rating_and_pay_has_a_field_from_wellbeing(app_of):
    """Their own descriptions: no schema, path or parameter speaks of surveys, cases, tickets or check-ups."""
    word = re.compile(r"wellbeing|survey|ticket_id|check_?up|harass", re.IGNORECASE)
    for service in RATING_AND_PAY:
        document = json.loads((ROOT / f"contracts/http/{service}.openapi.json").read_text())
        names = [*document["paths"], *document.get("components", {}).get("schemas", {}), *keys_of(document)]
        assert [name for name in names if word.search(name)] == [], service
