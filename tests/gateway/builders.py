"""Named test data: accounts as managers make them, sessions as people open them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import jwt

from testkit.service import Client

API = "/api/v1/identity"
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

    service: Any
    agency: str
    person: Any

    def __post_init__(self):
        number = next(_addresses)
        self.address = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
        self.anonymous = self.as_bearer(None)

    def as_bearer(self, internal):
        headers = {"X-Real-IP": self.address}
        if internal:
            headers["Authorization"] = f"Bearer {internal}"
        return Client(self.service.app.test_client(), headers)

    def manager(self, role="hr_officer", **options):
        caller = self.person(role, **options)
        return self.as_bearer(self.service.token(caller))

    def create(self, *rows, by=None, agency_id=None):
        body = {"accounts": list(rows)}
        if agency_id:
            body["agency_id"] = agency_id
        return (by or self.manager()).post(f"{API}/accounts/batch", json=body)

    def invite(self, by=None, agency_id=None, **row):
        """One new account: its id, username and activation code."""
        answer = self.create(an_account(**row), by=by, agency_id=agency_id)
        assert answer.status_code == 200, answer.get_json()
        item = answer.get_json()["items"][0]
        assert item["outcome"] == "CREATED", item
        return item

    def activate(self, invitation, password=A_PASSWORD):
        answer = self.anonymous.post(
            f"{API}/activations", json={"code": invitation["activation_code"], "password": password}
        )
        assert answer.status_code == 201, answer.get_json()
        return session_of(answer)

    def member(self, **row):
        """An account that has been activated, and its first session."""
        invitation = self.invite(**row)
        return invitation, self.activate(invitation)

    def sign_in(self, username, password=A_PASSWORD):
        return self.anonymous.post(f"{API}/sessions", json={"username": username, "password": password})

    def authorise(self, token=None, **headers):
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        return self.service.app.test_client().get("/internal/authorise", headers={**sent, **headers})

    def inside(self, token):
        """A client that carries the internal token for an opaque one, as the edge makes it."""
        answer = self.authorise(token)
        assert answer.status_code == 200, answer.get_json()
        return self.as_bearer(answer.headers["X-Internal-Token"])

    def claims(self, token):
        answer = self.authorise(token)
        return jwt.decode(answer.headers["X-Internal-Token"], options={"verify_signature": False})


def an_account(**changes):
    row = {"username": f"{uuid4().hex[:12]}@contoh.go.id", "name": "Siti Rahmania"}
    return {**row, **changes}


def session_of(answer):
    body = answer.get_json()
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("suar_session="))
    return Session(body["token"], body["csrf_token"], body, cookie)


def code_of(answer):
    return answer.get_json()["code"]
