"""Any input to a real person or unit is answered as documented: never a 5xx, never outside the schema."""

import os
from dataclasses import replace
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.personnel.builders import BUDI, HEAD_OF_BUREAU, SITI, Ministry

load_all_checks()
EXAMPLES = int(os.environ.get("SUAR_FUZZ_EXAMPLES", "15"))
WANTED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]
PREFIX = "/api/v1/personnel"
OPERATIONS = [
    ("patch", "/employees/{employee_id}"),
    ("put", "/employees/{employee_id}/superior"),
    ("post", "/employees/{employee_id}/assignments"),
    ("post", "/employees/{employee_id}/status"),
    ("post", "/employees/{employee_id}/employment-type"),
    ("post", "/employees/{employee_id}/grade"),
    ("post", "/employees/{employee_id}/records/{record_id}/withdrawal"),
    ("get", "/employees/{employee_id}/timeline"),
    ("post", "/employees/{employee_id}/timeline/preview"),
    ("post", "/superiors"),
    ("get", "/records/due"),
    ("post", "/employees/{employee_id}/identifiers"),
    ("get", "/employees/{employee_id}/subordinates"),
    ("get", "/employees"),
    ("get", "/org-units"),
    ("post", "/officials"),
    ("get", "/officials"),
    ("patch", "/officials/{official_id}"),
    ("post", "/substitutions"),
    ("get", "/substitutions"),
    ("patch", "/substitutions/{substitution_id}"),
    ("post", "/substitutions/{substitution_id}/withdrawal"),
    ("post", "/teams"),
    ("get", "/teams"),
    ("put", "/teams/{team_id}"),
    ("get", "/cards"),
    ("get", "/summary"),
    ("patch", "/org-units/{unit_id}"),
    ("post", "/org-units"),
    ("get", "/org-units/{unit_id}/timeline"),
    ("post", "/org-units/{unit_id}/records/{record_id}/withdrawal"),
    ("post", "/org-units/{unit_id}/closure"),
    ("post", "/org-units/{unit_id}/merger"),
    ("patch", "/agencies/{agency_id}"),
    ("post", "/employees/me/correction-requests"),
    ("post", "/imports/employees"),
    ("post", "/imports/units"),
]


@pytest.fixture(scope="module")
def schema(service):
    return schemathesis.openapi.from_wsgi("/openapi.json", service.app)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_is_answered_as_documented(ministry: Ministry, schema, method, path):
    ministry.populate()
    siti = ministry.find(SITI)
    superiors = ministry.hr.get(f"{PREFIX}/employees/{siti['employee_id']}/timeline").json["superiors"]
    official = {"name": "Ratna", "office": "Gubernur", "institution": "Provinsi", "first_day": "2025-02-20"}
    plh = {"kind": "PLT", "in_place_of_id": ministry.find(HEAD_OF_BUREAU)["employee_id"], "first_day": "2026-03-02",
            "substitute_id": ministry.find(BUDI)["employee_id"], "order_number": "SP-1", "scope": ["REVIEW"]}  # fmt: skip
    leader = {"employee_id": siti["employee_id"], "role": "LEADER", "first_day": "2026-02-02"}
    team = {"name": "Tim", "order_number": "ST-1", "members": [leader]}
    places = {
        "team_id": ministry.hr.post(f"{PREFIX}/teams", json=team).json["id"],
        "substitution_id": ministry.hr.post(f"{PREFIX}/substitutions", json=plh).json["id"],
        "official_id": ministry.hr.post(f"{PREFIX}/officials", json=official).json["id"],
        "employee_id": siti["employee_id"],
        "record_id": superiors[0]["id"],
        "unit_id": siti["unit_id"],
        "agency_id": ministry.agency,
    }
    caller = replace(
        ministry.principal,
        roles=frozenset({"employee", "hr_officer", "operator"}),
        employee_id=UUID(siti["employee_id"]),
    )
    headers = {"Authorization": f"Bearer {ministry.service.token(caller)}", "If-Match": "*"}
    operation = schema[PREFIX + path][method.upper()]

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case):
        case.path_parameters = {name: places[name] for name in case.path_parameters or {}}
        case.headers = {**(case.headers or {}), **headers}
        case.call_and_validate(headers=headers, checks=WANTED)

    ask()
    ministry.service.run_jobs()
