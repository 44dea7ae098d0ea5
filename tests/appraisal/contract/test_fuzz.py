"""Any input to a real plan, evaluation or case is answered as documented: never a 5xx, never outside the schema."""

import os
from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks

load_all_checks()
EXAMPLES = int(os.environ.get("SUAR_FUZZ_EXAMPLES", "10"))
WANTED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]
PREFIX = "/api/v1/appraisal"


@pytest.fixture
def world(bureau):
    plan = bureau.active_plan()
    line = {"date": "2026-01-12", "work_result_id": plan["work_results"][0]["id"], "text": "x", "quantity": "2"}
    bureau.post(bureau.siti, f"/plans/{plan['id']}/progress", line, 201)
    given = bureau.post(bureau.head, f"/plans/{plan['id']}/feedback", {"behaviour_value": "BP", "text": "Baik"}, 201)
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, "BELOW")
    case = bureau.get(bureau.hr, "/follow-ups")["items"][0]
    bureau.put(
        bureau.hr,
        "/org-predicates",
        {"unit_id": str(bureau.unit), "year": 2026, "predicate": "GOOD", "reason": "x"},
    )
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue("BELOW")
    bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
    objection = bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/objection", {"reasons": "x"}, 201)
    bureau.places = {
        "plan_id": plan["id"],
        "number": 1,
        "feedback_id": given["id"],
        "evaluation_id": evaluation["id"],
        "objection_id": objection["id"],
        "follow_up_id": case["id"],
        "unit_id": str(bureau.unit),
        "kind": "OBJECTION",
    }
    return bureau


def operations_of(service):
    paths = service.app.extensions["suar_openapi"]()["paths"]
    return [(m, p) for p, methods in paths.items() if p.startswith(PREFIX) for m in methods if m in WRITTEN]


WRITTEN = {"get", "post", "put"}


@pytest.mark.parametrize("who", ["siti", "head", "chief", "hr"])
def test_whatever_is_sent_is_answered_as_documented(world, service, who):
    caller = getattr(world, who)
    if who == "hr":
        caller = replace(caller, roles=frozenset({*caller.roles, "operator", "unit_leader"}))
    headers = {"Authorization": f"Bearer {service.token(caller)}", "If-Match": "*"}
    schema = schemathesis.openapi.from_wsgi("/openapi.json", service.app)
    for method, path in operations_of(service):
        operation = schema[path][method.upper()]

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            case.path_parameters = {n: world.places.get(n, v) for n, v in (case.path_parameters or {}).items()}
            case.headers = {**(case.headers or {}), **headers}
            case.call_and_validate(headers=headers, checks=WANTED)

        ask()
