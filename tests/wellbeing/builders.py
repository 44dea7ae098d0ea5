"""Named test data: a bureau of four teams, as in the worked example, and the people in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from chassis.auth import Principal
from chassis.bus.envelope import Event
from chassis.ids import new_id
from testkit.service import ServiceUnderTest

BASE = "/api/v1/wellbeing"
SMALL_BUREAU = {"siti": 7, "small": 4, "middle": 2, "large": 6}


@dataclass
class Bureau:
    """Biro SDM: a head, four teams with their sizes, and everybody's superiors."""

    service: ServiceUnderTest
    agency: str
    ministry: UUID = field(default_factory=new_id)
    bureau: UUID = field(default_factory=new_id)
    teams: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, list[UUID]] = field(default_factory=dict)
    minister: UUID = field(default_factory=new_id)
    head: UUID = field(default_factory=new_id)
    chiefs: dict[str, UUID] = field(default_factory=dict)

    def principal(self, employee_id: UUID, unit: UUID | None = None, *roles: str) -> Principal:
        return Principal(
            account_id=new_id(),
            agency_id=self.agency,
            roles=frozenset({"employee", *roles}),
            employee_id=employee_id,
            unit_id=unit,
        )

    def member(self, team: str, index: int = 0, *roles: str) -> Principal:
        return self.principal(self.staff[team][index], self.teams[team], *roles)

    def client(self, principal: Principal | None = None) -> Any:
        return self.service.client(principal)


@dataclass
class Gathered(ServiceUnderTest):
    """Collects events, so that the service applies them as one batch, as its worker does."""

    waiting: list[Event] = field(default_factory=list)

    def deliver_envelope(self, body: dict[str, Any]) -> Event:
        self.waiting.append(Event.parse(json.dumps(body)))
        return self.waiting[-1]


def a_bureau(
    service: ServiceUnderTest, agency: str, sizes: dict[str, int] | None = None, zone: str = "Asia/Jakarta"
) -> Bureau:
    """Publish a ministry with one bureau to a service; each team's first member is its chief."""
    context = Bureau(service, agency)
    batch = Gathered(**vars(service))
    sizes = sizes or {"siti": 10, "small": 8, "middle": 9, "large": 12}
    publish_agency(batch, agency, zone)
    publish_unit(batch, agency, context.ministry, None, "KEM", "Kementerian Contoh", context.minister)
    publish_unit(batch, agency, context.bureau, context.ministry, "SDM", "Biro SDM", context.head)
    publish_employee(batch, agency, context.minister, context.ministry)
    publish_employee(batch, agency, context.head, context.bureau, appraiser=context.minister)
    for name, size in sizes.items():
        context.teams[name] = new_id()
        context.staff[name] = [new_id() for _ in range(size)]
        context.chiefs[name] = context.staff[name][0]
        publish_unit(
            batch, agency, context.teams[name], context.bureau, name.upper(), f"Tim {name}", context.chiefs[name]
        )
        publish_employee(batch, agency, context.chiefs[name], context.teams[name], context.head, context.minister)
        for employee in context.staff[name][1:]:
            publish_employee(batch, agency, employee, context.teams[name], context.chiefs[name], context.head)
    assert service.worker is not None
    service.worker.inbox.apply(batch.waiting)
    return context


def an_officer(context: Bureau, *roles: str) -> Principal:
    """A wellbeing officer of another corner of the ministry: a unit of its own, nobody's leader."""
    if "care" not in context.teams:
        context.teams["care"] = new_id()
        publish_unit(
            context.service, context.agency, context.teams["care"], context.ministry, "KSJ", "Kesejahteraan", new_id()
        )
    officer = new_id()
    publish_employee(context.service, context.agency, officer, context.teams["care"], context.minister)
    return context.principal(officer, context.teams["care"], "wellbeing_officer", *roles)


def publish_agency(service: ServiceUnderTest, agency: str, zone: str = "Asia/Jakarta") -> None:
    data = {"agency_id": agency, "name": "Kementerian Contoh", "time_zone": zone, "version": 1}
    service.deliver("AgencyChanged", data, producer="personnel", agency=agency, subject=agency)


def publish_unit(
    service: ServiceUnderTest,
    agency: str,
    unit: UUID,
    parent: UUID | None,
    code: str,
    name: str,
    leader: UUID | None,
    *,
    active: bool = True,
    **options: Any,
) -> None:
    data = {
        "unit_id": str(unit),
        "parent_id": str(parent) if parent else None,
        "code": code,
        "name": name,
        "leader_id": str(leader) if leader else None,
        "active": active,
        "version": 1,
    }
    service.deliver("OrgUnitChanged", data, producer="personnel", agency=agency, subject=unit, **options)


def publish_employee(
    service: ServiceUnderTest,
    agency: str,
    employee: UUID,
    unit: UUID,
    appraiser: UUID | None = None,
    reviewer: UUID | None = None,
    *,
    status: str = "ACTIVE",
) -> None:
    publish_status(service, agency, employee, status)
    publish_assignment(service, agency, employee, unit, appraiser, reviewer)


def publish_status(
    service: ServiceUnderTest, agency: str, employee: UUID, status: str = "ACTIVE", **options: Any
) -> None:
    data = {
        "employee_id": str(employee),
        "employment_type": "PNS",
        "status": status,
        "grade": "III/b",
        "grade_since": "2023-04-01",
        "service_start": "2019-03-01",
        "version": 1,
    }
    service.deliver("EmployeeChanged", data, producer="personnel", agency=agency, subject=employee, **options)


def publish_assignment(
    service: ServiceUnderTest,
    agency: str,
    employee: UUID,
    unit: UUID,
    appraiser: UUID | None = None,
    reviewer: UUID | None = None,
    **options: Any,
) -> None:
    data = {
        "employee_id": str(employee),
        "unit_id": str(unit),
        "position_code": "ANALIS-SDM",
        "position_kind": "JF",
        "position_level": "AHLI_PERTAMA",
        "job_class": 8,
        "appraiser_id": str(appraiser) if appraiser else None,
        "reviewer_id": str(reviewer) if reviewer else None,
        "effective_from": "2026-01-02",
        "version": 1,
    }
    service.deliver("AssignmentChanged", data, producer="personnel", agency=agency, subject=employee, **options)


QUESTIONS = [
    {"kind": "SCORE", "text": "Beban kerja saya dapat dikelola."},
    {"kind": "TEXT", "text": "Apa yang perlu diperbaiki?"},
]


def a_survey(
    context: Bureau,
    officer: Principal,
    *,
    closes_on: str = "2026-08-31",
    unit_ids: Sequence[UUID] = (),
    questions: list[dict[str, str]] | None = None,
) -> Any:
    """Write and open a survey; return it as the officer sees it."""
    client = context.client(officer)
    body = {
        "title": "Denyut Agustus",
        "questions": questions or QUESTIONS,
        "unit_ids": [str(unit) for unit in unit_ids],
    }
    made = ok(client.post(f"{BASE}/surveys", json=body), 201)
    return ok(client.post(f"{BASE}/surveys/{made['survey_id']}/open", json={"closes_on": closes_on}))


def answer(context: Bureau, survey: Any, employee: UUID, score: int = 4, text: str | None = None) -> TestResponse:
    """Take a token as the employee, and use it as nobody."""
    taken = ok(context.client(context.principal(employee)).post(f"{BASE}/surveys/{survey['survey_id']}/token"), 201)
    answered: TestResponse = context.client().post(f"{BASE}/answers", json=filled(survey, taken["token"], score, text))
    return answered


def filled(survey: Any, token: str, score: int = 4, text: str | None = None) -> dict[str, Any]:
    answers: list[dict[str, Any]] = []
    for question in survey["questions"]:
        if question["kind"] == "SCORE":
            answers.append({"question_id": question["question_id"], "score": score})
        elif text is not None:
            answers.append({"question_id": question["question_id"], "text": text})
    return {"token": token, "answers": answers}


def ok(response: TestResponse, status: int = 200) -> Any:
    assert response.status_code == status, (response.status_code, response.get_json(silent=True))
    return response.get_json(silent=True)


def refused(response: TestResponse, status: int, code: str) -> Any:
    body = response.get_json(force=True)
    assert (response.status_code, body["code"]) == (status, code), body
    return body
