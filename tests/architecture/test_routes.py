"""What imports cannot show of the HTTP side: access rules, roles, and the committed descriptions."""

import json
import tomllib

import pytest

from chassis.auth import access_of
from gateway.http.edge_routes import PAGES
from tests.architecture.layout import COMPONENTS, ROOT, described

ROLES = set(tomllib.loads((ROOT / "contracts/roles.toml").read_text()))


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_route_says_who_may_call_it_in_known_roles(app_of, component):
    app = app_of(component)
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        assert access is not None, rule.rule
        assert access.roles <= ROLES, f"{rule.rule}: {access.roles - ROLES}"


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_route_stands_under_its_own_prefix(app_of, component):
    app = app_of(component)
    own = "identity" if component == "gateway" else component
    system = {"/health/live", "/health/ready", "/metrics", "/openapi.json"}
    extra = {"/readyz", "/api/v1/openapi.json", *PAGES}
    for rule in app.url_map.iter_rules():
        if rule.rule in system or (component == "gateway" and rule.rule in extra):
            continue
        assert rule.rule.startswith((f"/api/v1/{own}/", "/internal/")), rule.rule


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_committed_description_is_the_generated_one(app_of, component):
    own = "identity" if component == "gateway" else component
    committed = json.loads((ROOT / f"contracts/http/{own}.openapi.json").read_text())
    assert committed == described(app_of(component)), f"refresh it: ./suar describe {component}"


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_description_names_each_parameter_once_however_often_it_is_asked_for(app_of, component):
    first, again = described(app_of(component)), described(app_of(component))
    assert first == again
    for path, operations in again["paths"].items():
        for method, operation in operations.items():
            names = (
                [(one["in"], one["name"]) for one in operation.get("parameters", [])] if method != "parameters" else []
            )
            assert len(names) == len(set(names)), f"{method} {path}: {names}"


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_operation_has_a_summary_and_a_unique_id(app_of, component):
    seen = set()
    for path, operations in described(app_of(component))["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            assert operation.get("summary"), f"{method} {path} has no docstring"
            assert operation["operationId"] not in seen, operation["operationId"]
            seen.add(operation["operationId"])
