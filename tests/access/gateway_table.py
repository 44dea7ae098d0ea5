"""Accounts, sessions and clients: managers manage, people end their own sessions, and nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from chassis.auth import Principal
from chassis.bus.envelope import to_json
from chassis.ids import new_id
from testkit.service import ServiceUnderTest
from tests.access.personas import HR_OWNER, OWNER, PEOPLE, Personas, deliver_directory
from tests.access.rows import REFUSED, Row, Scene, operations_rows
from tests.directory.builders import employee_timeline, from_day

MANAGERS = "hr operator"
PASSWORD = "kopi-hujan-sepeda-41"
# roles that an operator grants, and accounts that an operator manages
OFFICES = ("operator", "hr_officer", "inspector", "wellbeing_officer")
EVERYBODY_ELSE = " ".join(one for one in f"{PEOPLE} operator subscriber other_subscriber external former_appraiser".split()
                          if one not in {OWNER, HR_OWNER})  # fmt: skip

RULE = {"valid_from": "2026-01-01", "retired_days": 30, "transferred_days": 30, "dismissed_days": 0, "deceased_days": 0,
        "suspension_ends_roles": True, "source": "SK 5/2026", "verified": True}  # fmt: skip

SIGN_IN_RULE = {"valid_from": "2090-01-01", "officer_days_without_person": 30, "watched_days": 7, "source": "SE 4/2026",
                "verified": True}  # fmt: skip


def ask_for_code(scene: Scene) -> None:
    """Another operator asks for a new password for somebody with power."""
    asker = replace(scene.personas.of("operator"), account_id=new_id())
    path = f"{scene.prefix}/accounts/{scene.names['leader_account_id']}/codes"
    assert scene.service.client(asker).post(path).get_json()["awaits_second_person"]


def use_second_factor(scene: Scene) -> None:
    """The leader begins a second factor."""
    leader = Principal(UUID(scene.names["leader_account_id"]), scene.personas.agency, frozenset({"employee"}))
    answer = scene.service.client(leader).post(f"{scene.prefix}/second-factor", json={"password": PASSWORD})
    assert answer.status_code == 201, answer.text


TABLE = [
    *operations_rows(),
    Row("DELETE /sessions/{session}", "owner former", hidden=EVERYBODY_ELSE),
    Row("GET /sessions", "owner former", finds="{session}"),
    Row("GET /accounts?employee_id={owner}", MANAGERS, finds="{account_id}"),
    Row("POST /accounts/batch", MANAGERS,
        {"accounts": [{"username": "{username}", "name": "Baru", "employee_id": "{unknown_id}"}]}, foreign="in"),
    Row("GET /accounts/without-service", MANAGERS, finds="{first_account_id}"),
    Row("GET /accounts/missing", MANAGERS, finds="{colleague}"),
    Row("GET /account-rules", MANAGERS, foreign="in"),
    Row("GET /sign-in-rules", MANAGERS, foreign="in"),
    Row("POST /sign-in-rules", "operator", SIGN_IN_RULE, foreign="in"),
    Row("POST /account-rules", "hr", RULE, foreign="in"),
    Row("GET /accounts/{account_id}", MANAGERS),
    Row("PATCH /accounts/{account_id}", MANAGERS, {"name": "Siti Rahmania"}),
    Row("PATCH /accounts/{account_id}", MANAGERS, {"roles": ["employee", "unit_leader"]}, own=REFUSED),
    *(Row("PATCH /accounts/{account_id}", "operator", {"roles": ["employee", role]}) for role in OFFICES),
    *(Row("POST /accounts/batch", "operator",
          {"accounts": [{"username": "{username}", "name": "Baru", "roles": ["employee", role]}]}, foreign=REFUSED)
      for role in OFFICES),
    *(Row("PATCH /accounts/{account_id}", "operator", body, {"account_id": f"{role}_account_id"})
      for role in OFFICES for body in ({"roles": ["employee"]}, {"disabled": True})),
    Row("POST /accounts/{account_id}/codes", MANAGERS, own=REFUSED),
    *(Row("POST /accounts/{account_id}/codes", "operator", at={"account_id": f"{role}_account_id"}) for role in OFFICES),
    # the operator of the scene is nobody's account, and such a one approves nothing
    Row("PUT /accounts/{account_id}/codes/approval", "hr", at={"account_id": "leader_account_id"},
        given=(ask_for_code,)),
    Row("DELETE /accounts/{account_id}/second-factor", MANAGERS, at={"account_id": "leader_account_id"},
        given=(use_second_factor,)),
    Row("DELETE /accounts/{account_id}", MANAGERS, own=REFUSED),
    *(Row("DELETE /accounts/{account_id}", "operator", at={"account_id": f"{role}_account_id"}) for role in OFFICES),
    Row("POST /clients/{client_id}/secret", MANAGERS, {}),
    Row("DELETE /clients/{client_id}", MANAGERS),
]  # fmt: skip


@dataclass
class IdentityScene(Scene):
    """An operator's reach is every agency, so nothing can be undone in one transaction: things are made anew."""

    def renew(self) -> None:
        self.personas.ids[OWNER] = new_id()
        self.names["owner"] = str(self.personas.ids[OWNER])
        timeline = to_json(employee_timeline(self.personas.ids[OWNER], from_day(date(2024, 1, 2))))
        self.deliver("personnel", "EmployeeTimelineChanged", self.names["owner"], **timeline)
        people: list[dict[str, Any]] = [
            {"employee_id": "{owner}"},
            {"roles": ["employee", "unit_leader"]},
            *({"roles": ["employee", role]} for role in OFFICES),
        ]
        made, leader, *offices = self._invite(*people)
        opened = self._activate(made)
        self._activate(leader)
        self.personas.accounts[OWNER] = UUID(made["account_id"])
        self.names.setdefault("first_account_id", offices[0]["account_id"])
        self.names |= {
            "account_id": made["account_id"],
            "session": opened["session_id"],
            "leader_account_id": leader["account_id"],
            **{f"{role}_account_id": one["account_id"] for role, one in zip(OFFICES, offices, strict=True)},
            "client_id": self.post("hr", "/clients", {"name": "Mesin"})["client"]["client_id"],
            "username": f"baru-{uuid4().hex[:12]}@contoh.go.id",
        }

    def _invite(self, *people: dict[str, Any]) -> Any:
        rows = [{"username": f"{uuid4().hex[:12]}@contoh.go.id", "name": "Siti", **one} for one in people]
        return self.post("operator", "/accounts/batch", {"accounts": rows})["items"]

    def _activate(self, made: dict[str, Any]) -> Any:
        code = {"code": made["activation_code"], "password": PASSWORD}
        opened = self.service.client().post(f"{self.prefix}/activations", json=code)
        assert opened.status_code == 201, opened.text
        return opened.get_json()

    @contextmanager
    def undone(self, caller: Principal, row: Row) -> Iterator[None]:
        if row.method != "GET":
            self.renew()
        yield


def make_scene(service: ServiceUnderTest) -> Scene:
    scene = IdentityScene(service, Personas(), "/api/v1/identity")
    deliver_directory(service, scene.personas)
    scene.renew()
    return scene
