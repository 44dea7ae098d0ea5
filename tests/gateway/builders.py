"""Named test data: accounts as managers make them, sessions as people open them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import jwt
from werkzeug.test import TestResponse

from chassis.auth import Principal
from chassis.bus.envelope import to_json
from directory.timelines import Stretch
from testkit.service import Client, ServiceUnderTest
from tests.directory.builders import employee_timeline, from_day

API = "/api/v1/identity"
HIRED = date(2019, 3, 1)
A_PASSWORD = "kopi-hujan-sepeda-41"
ANOTHER_PASSWORD = "lampu.biru.menari.77"
_addresses = itertools.count(1)


@dataclass
class Session:
    """What somebody got by signing in."""

    token: str
    csrf: str
    body: dict[str, Any]
    cookie: str


@dataclass
class Gateway:
    """Identity, and the edge's part of a request in a few lines, for tests that need no nginx."""

    service: ServiceUnderTest
    agency: str
    person: Callable[..., Principal]

    def __post_init__(self) -> None:
        number = next(_addresses)
        self.address = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
        self.anonymous = self.as_bearer(None)

    def as_bearer(self, internal: str | None) -> Client:
        headers = {"X-Real-IP": self.address}
        if internal:
            headers["Authorization"] = f"Bearer {internal}"
        return Client(self.service.app.test_client(), headers)

    def manager(self, role: str = "hr_officer", **options: Any) -> Client:
        caller = self.person(role, **options)
        return self.as_bearer(self.service.token(caller))

    def create(self, *rows: dict[str, Any], by: Client | None = None, agency_id: str | None = None) -> TestResponse:
        body: dict[str, Any] = {"accounts": list(rows)}
        for row in rows:
            if isinstance(row.get("employee_id"), str):
                self.hire(row["employee_id"], agency_id)
        if agency_id:
            body["agency_id"] = agency_id
        return (by or self.manager()).post(f"{API}/accounts/batch", json=body)

    def hire(self, employee_id: object, agency_id: str | None = None, *stretches: Stretch, version: int = 1) -> None:
        """Somebody's time in the agency, as personnel publishes it; without stretches they serve since 2019."""
        data = employee_timeline(UUID(str(employee_id)), *(stretches or [from_day(HIRED)]), version=version)
        self.service.deliver(
            "EmployeeTimelineChanged",
            to_json(data),
            producer="personnel",
            agency=agency_id or self.agency,
            subject=employee_id,
        )

    def invite(self, by: Client | None = None, agency_id: str | None = None, **row: Any) -> dict[str, Any]:
        """One new account: its id, username and activation code."""
        answer = self.create(an_account(**row), by=by, agency_id=agency_id)
        assert answer.status_code == 200, answer.get_json()
        item: dict[str, Any] = answer.get_json()["items"][0]
        assert item["outcome"] == "CREATED", item
        return item

    def activate(self, invitation: dict[str, Any], password: str = A_PASSWORD) -> Session:
        answer = self.anonymous.post(
            f"{API}/activations", json={"code": invitation["activation_code"], "password": password}
        )
        assert answer.status_code == 201, answer.get_json()
        return session_of(answer)

    def member(self, **row: Any) -> tuple[dict[str, Any], Session]:
        """An account that has been activated, and its first session."""
        invitation = self.invite(**row)
        return invitation, self.activate(invitation)

    def sign_in(self, username: str, password: str = A_PASSWORD) -> TestResponse:
        return self.anonymous.post(f"{API}/sessions", json={"username": username, "password": password})

    def authorise(self, token: str | None = None, **headers: str) -> TestResponse:
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        return self.service.app.test_client().get("/internal/authorise", headers={**sent, **headers})

    def inside(self, token: str | None) -> Client:
        """A client that carries the internal token for an opaque one, as the edge makes it."""
        answer = self.authorise(token)
        assert answer.status_code == 200, answer.get_json()
        return self.as_bearer(answer.headers["X-Internal-Token"])

    def claims(self, token: str | None) -> dict[str, Any]:
        answer = self.authorise(token)
        return jwt.decode(answer.headers["X-Internal-Token"], options={"verify_signature": False})


def an_account(**changes: Any) -> dict[str, Any]:
    """The account of a new employee, or of the official or of nobody that the changes name."""
    row = {"username": f"{uuid4().hex[:12]}@contoh.go.id", "name": "Siti Rahmania"}
    whose = {} if {"employee_id", "official_id"} & changes.keys() else {"employee_id": str(uuid4())}
    return {**row, **whose, **changes}


def session_of(answer: TestResponse) -> Session:
    body = answer.get_json()
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("suar_session="))
    return Session(body["token"], body["csrf_token"], body, cookie)


def code_of(answer: TestResponse) -> Any:
    return answer.get_json()["code"]
