"""Named test data: a bureau of four teams, as in the worked example, and the people in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from chassis.auth import Principal
from chassis.bus.envelope import to_json
from chassis.ids import new_id
from directory.timelines import Stretch, UnitStretch
from testkit.service import Gathered, ServiceUnderTest
from tests.directory.builders import employee_timeline, from_day, substitution, unit_from, unit_timeline

LONG_AGO = date(2024, 1, 1)
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
        publish_employee(batch, agency, context.chiefs[name], context.teams[name], context.head)
        for employee in context.staff[name][1:]:
            publish_employee(batch, agency, employee, context.teams[name], context.chiefs[name])
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
) -> None:
    """Publish that a unit has always been so."""
    stretch = unit_from(LONG_AGO, code=code, name=name, parent_id=parent, leader_id=leader, active=active)
    publish_unit_stretches(service, agency, unit, stretch)


def publish_unit_stretches(service: ServiceUnderTest, agency: str, unit: UUID, *stretches: UnitStretch) -> None:
    data = unit_timeline(unit, *stretches, version=next_version(service, unit))
    service.deliver("OrgUnitTimelineChanged", to_json(data), producer="personnel", agency=agency, subject=unit)


def publish_employee(
    service: ServiceUnderTest,
    agency: str,
    employee: UUID,
    unit: UUID,
    appraiser: UUID | None = None,
    *,
    status: str = "ACTIVE",
) -> None:
    """Publish that somebody has always been so."""
    publish_stretches(service, agency, employee, from_day(LONG_AGO, unit_id=unit, superior_id=appraiser, status=status))


def publish_stretches(
    service: ServiceUnderTest, agency: str, employee: UUID, *stretches: Stretch, version: int | None = None
) -> None:
    data = employee_timeline(employee, *stretches, version=version or next_version(service, employee))
    service.deliver("EmployeeTimelineChanged", to_json(data), producer="personnel", agency=agency, subject=employee)


def publish_substitution(
    service: ServiceUnderTest, agency: str, in_place_of: UUID, substitute: UUID, *scope: str, **values: Any
) -> None:
    """Publish that somebody acts for an official in the week of 10 August."""
    week = {"first_day": date(2026, 8, 10), "last_day": date(2026, 8, 16), "scope": scope, "substitution_id": new_id()}
    data = {**week, "in_place_of_id": in_place_of, "substitute_id": substitute, **values}
    body = to_json(substitution("plh", "official", "substitute", **data))
    service.deliver("SubstitutionChanged", body, producer="personnel", agency=agency, subject=body["substitution_id"])


def next_version(service: ServiceUnderTest, subject: UUID) -> int:
    return service.sequences.get(("personnel", str(subject)), 0) + 1


def next_morning(context: Bureau, day: date = date(2026, 8, 11)) -> None:
    """Turn to the hour at which the reports of the day before are shown and published, in Jakarta."""
    context.service.clock.turn(datetime(day.year, day.month, day.day, 0, 1, tzinfo=UTC))
    context.service.run_timers()


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
