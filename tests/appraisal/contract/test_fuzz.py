"""Any input to a real plan, evaluation or case is answered as documented: never a 5xx, never outside the schema."""

import os
from dataclasses import replace
from functools import partial
from uuid import uuid4

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from appraisal.clients import PersonnelNames
from tests.appraisal.builders import Bureau

load_all_checks()
EXAMPLES = int(os.environ.get("SUAR_FUZZ_EXAMPLES", "5"))
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


WRITTEN = {"get", "post", "put"}
WHO = ("siti", "head", "chief", "hr")


class Context:
    """An agency with a plan, feedback, an evaluation, an objection and a follow-up, and one person of it who calls."""

    def __init__(self, bureau, who):
        plan = bureau.active_plan()
        line = {"date": "2026-01-12", "work_result_id": plan["work_results"][0]["id"], "text": "x", "quantity": "2"}
        bureau.post(bureau.siti, f"/plans/{plan['id']}/progress", line, 201)
        given = bureau.post(
            bureau.head, f"/plans/{plan['id']}/feedback", {"behaviour_value": "BP", "text": "Baik"}, 201
        )
        bureau.turn(2026, 4, 6, 3)
        bureau.rate(1, "BELOW")
        case = bureau.get(bureau.hr, "/follow-ups")["items"][0]
        place = {"unit_id": str(bureau.unit), "year": 2026, "predicate": "GOOD", "reason": "x"}
        bureau.put(bureau.hr, "/org-predicates", place)
        bureau.rate_fourth_quarter()
        bureau.turn(2027, 1, 12, 3)
        evaluation = bureau.issue("BELOW")
        bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
        objection = bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/objection", {"reasons": "x"}, 201)
        call = {"starts_at": "2027-01-15T02:00:00Z", "invited": [str(bureau.siti.employee_id)], "place": "Ruang rapat"}
        examination = bureau.post(bureau.chief, f"/objections/{objection['id']}/examinations", call, 201)
        run = bureau.post(bureau.inspector, "/oversight/runs", {"year": 2026, "quarter": 4}, 202)
        bureau.service.run_jobs()
        anomaly = bureau.get(bureau.inspector, "/oversight/anomalies")["items"][0]
        drawn = {"year": 2026, "share": "1", "reason": "x", "order_reference": "ST-1"}
        sample = bureau.post(bureau.inspector, "/oversight/samples", drawn, 201)
        caller = getattr(bureau, who)
        if who == "hr":
            caller = replace(caller, roles=frozenset({*caller.roles, "operator", "unit_leader", "inspector"}))
        self.headers = {"Authorization": f"Bearer {bureau.service.token(caller)}", "If-Match": "*"}
        self.places = {
            "plan_id": plan["id"],
            "number": 1,
            "feedback_id": given["id"],
            "evaluation_id": evaluation["id"],
            "objection_id": objection["id"],
            "examination_id": examination["id"],
            "follow_up_id": case["id"],
            "unit_id": str(bureau.unit),
            "run_id": run["id"],
            "anomaly_id": anomaly["id"],
            "sample_id": sample["id"],
            "kind": "OBJECTION",
        }

    def send(self, case):
        """Send a case to the things of this agency; the next agency puts its own in their place."""
        case.path_parameters = {
            name: self.places.get(name, sent) for name, sent in (case.path_parameters or {}).items()
        }
        case.headers = {**(case.headers or {}), **self.headers}
        case.call_and_validate(headers=self.headers, checks=WANTED)


def make_context(service, person, at, who):
    agency = f"uji-{uuid4().hex[:12]}"
    service.clock.turn(at(2026, 1, 12, 2))
    return Context(Bureau.found(service, agency, partial(person, agency_id=agency)), who)


def operations_of(service):
    paths = service.app.extensions["suar_openapi"]()["paths"]
    return [(m, p) for p, methods in paths.items() if p.startswith(PREFIX) for m in methods if m in WRITTEN]


def test_whatever_is_sent_is_answered_as_documented(service, person, at, monkeypatch):
    monkeypatch.setattr(PersonnelNames, "of", lambda _client, _people: {})  # nobody is named on the documents
    # making a case costs more than its answers: each goes to four agencies, by another caller in each
    contexts = [make_context(service, person, at, who) for who in WHO]
    schema = schemathesis.openapi.from_wsgi("/openapi.json", service.app)
    for method, path in operations_of(service):

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=schema[path][method.upper()].as_strategy())
        def ask(case):
            for context in contexts:
                context.send(case)

        ask()
