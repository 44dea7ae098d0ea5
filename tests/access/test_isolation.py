"""What holds across all tables: nothing stands outside them, inspectors only read, amounts and cases stay closed."""

import itertools
from dataclasses import replace

import pytest

from tests.access.personas import FOREIGN, RELATIONS
from tests.access.routes import ROUTES
from tests.access.rows import IN
from tests.access.test_objects import ROWS, TABLES
from tests.access.wellbeing_table import SECRET
from tests.architecture.layout import COMPONENTS

# what anybody does for oneself, whatever else they are: the own account, the own mail
OWN_MATTERS = {
    "gateway PUT /password",
    "gateway POST /second-factor",
    "gateway POST /second-factor/confirmation",
    "gateway DELETE /sessions/current",
    "gateway DELETE /sessions/others",
    "gateway DELETE /sessions/{session}",
    "notification POST /inbox/read-all",
    "notification POST /inbox/{message_id}/read",
}
# what an inspector searched, looked into, drew and concluded: records of the inspection, nothing of anybody's appraisal
INSPECTION = {
    "appraisal POST /oversight/runs",
    "appraisal POST /oversight/anomalies/{anomaly_id}/look",
    "appraisal POST /oversight/samples",
    "appraisal POST /oversight/samples/{sample_id}/close",
}


def routes_of(component, method=None):
    return [one for one in ROUTES if one.component == component and method in {None, one.method}]


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_route_that_names_an_object_or_a_person_stands_in_the_table(component):
    written = {f"{row.method} {row.path}" for row in TABLES[component]}
    asked = {one.key for one in routes_of(component) if not one.public and (one.names_an_object or one.persons)}
    known = {one.key for one in routes_of(component)}
    assert not asked - written, "add a row that says who may do what"
    assert not written - known, "rows about routes that do not exist"


@pytest.mark.parametrize("component", COMPONENTS)
def test_an_inspector_is_named_at_no_route_that_changes_something_of_others(component):
    changing = {f"{component} {one.key}" for one in routes_of(component) if "inspector" in one.roles
                and one.method != "GET"}  # fmt: skip
    assert changing <= OWN_MATTERS | INSPECTION


def test_the_tables_let_an_inspector_change_nothing():
    for component, row in ROWS:
        if row.method != "GET" and f"{component} {row.method} {row.path}" not in OWN_MATTERS | INSPECTION:
            assert _only_as_anybody(row) or row.expected()["inspector"] != IN, (component, row.call)


def _only_as_anybody(row):
    """Nothing of anybody's: what every employee may do for oneself, such as choose topics or take a seat."""
    return "colleague" in row.may.split() and "outsider" in row.may.split()


# When nobody could work: times and numbers; whose deadlines they moved is under another path, and HR's.
OUTAGES = {"/outages", "/outages/{outage_id}/withdraw"}


def test_an_operator_reads_no_personal_record():
    """Agencies, accounts, clients, mail by state, events by id; never what the tables tell of a person."""
    technical = {"gateway", "notification"}
    for component, row in ROWS:
        if row.path in OUTAGES:
            continue
        if component not in technical and not row.path.startswith(("/events/", "/audit/", "/agencies/")):
            assert "operator" not in row.may.split(), (component, row.call)


def _known(scene):
    """What a walk over all routes puts into their addresses."""
    about = {"employee_id": "{owner}", "unit_id": "{unit_unit}", "year": "2026", "month": "2026-01"}
    return {**scene.fill(about), **scene.names, "event_id": scene.names["unknown_id"]}


@pytest.mark.parametrize(
    "relation", [one for one in RELATIONS if one not in {"owner", "former", "hr", "hr_owner", "inspector"}]
)
def test_nobody_but_siti_hr_and_oversight_ever_reads_her_amount(relation, scene_of):
    """Asked at every route that reads, also by her appraiser with every office that is not HR's or oversight."""
    scene = scene_of("incentive")
    known, amount = _known(scene), scene.names["amount"]
    assert amount in scene.service.client(scene.personas.of("owner")).get(_allowances(known)).text
    for caller in (scene.personas.of(relation), scene.personas.everything(relation)):
        for route in routes_of("incentive", "GET"):
            answer = scene.service.client(caller).get(route.address(**known))
            assert answer.status_code < 500
            assert amount not in answer.text, (relation, str(route))


def _allowances(known):
    return next(one for one in ROUTES if one.path == "/api/v1/incentive/allowances").address(**known)


def test_a_case_is_read_by_its_handler_and_by_nobody_else(scene_of):
    """Asked at every route that reads, by everybody, and by everybody with every role there is."""
    scene = scene_of("wellbeing")
    known = {**_known(scene), "kind": "ENVIRONMENT"}
    every = frozenset({"employee", "hr_officer", "unit_leader", "inspector", "operator", "wellbeing_officer"})
    read = set()
    for relation, ticket in itertools.product(RELATIONS, ("case_id", "new_case_id")):
        plain = scene.personas.of(relation, every)
        for caller, route in itertools.product((plain, replace(plain, roles=every)), routes_of("wellbeing", "GET")):
            answer = scene.service.client(caller).get(route.address(**{**known, "ticket_id": known[ticket]}))
            assert answer.status_code < 500
            if SECRET in answer.text:
                read.add((relation, ticket, route.key, caller is plain))
    assert read == {("officer", "case_id", "GET /cases/{ticket_id}", True)}


@pytest.mark.parametrize("component", COMPONENTS)
def test_another_agency_is_given_no_id_of_ours(component, scene_of):
    """Every route that reads, asked from another agency with every role that the route names."""
    scene = scene_of(component)
    known = _known(scene)
    ours = {value for name, value in scene.names.items() if name in scene.personas.ids or name.endswith("_id")}
    ours.remove(scene.names["unknown_id"])
    for route in routes_of(component, "GET"):
        if route.public or route.roles == {"operator"}:
            continue
        address = route.address(**known)
        answer = scene.service.client(scene.personas.of(FOREIGN, route.roles)).get(address)
        assert answer.status_code < 500
        shown = {one for one in ours if f'"{one}"' in answer.text and one not in address}
        assert not shown, (str(route), shown)
