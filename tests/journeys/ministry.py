"""One agency of one scenario: its people, who sign in when the story first needs them, and what they last got."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from suar_demo.client import Api, finish_job
from tests.journeys.people import UNITS, employees_file, units_file
from tests.journeys.system import System

IDENTITY, PERSONNEL, APPRAISAL = "/api/v1/identity", "/api/v1/personnel", "/api/v1/appraisal"
TRAINING, INCENTIVE, WELLBEING = "/api/v1/training", "/api/v1/incentive", "/api/v1/wellbeing"
NOTIFICATION = "/api/v1/notification"
PASSWORD = "Beringin-Rindang-7"
ROLES = {
    "Nia": ["employee", "wellbeing_officer"],
    "Tari": ["employee", "inspector"],
    "Wati": ["employee", "hr_officer"],
    "Yusuf": ["employee", "hr_officer"],
}
# they are nobody of the imported files
OFFICERS_OF_THE_STORY = {"officer_days_without_person": 3650, "watched_days": 7, "source": "cerita", "verified": False}
OFFICE = ("Petugas Kepegawaian Satu", "Petugas Kepegawaian Dua")


@dataclass
class Ministry:
    """Everything that one scenario touches; no other scenario sees any of it."""

    system: System
    agency: str = field(default_factory=lambda: f"uji-{uuid4().hex[:10]}")
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    answer: httpx.Response | None = None
    _callers: dict[str, Api] = field(default_factory=dict)

    def register(self) -> "Ministry":
        """The operator registers the agency and lets its two HR officers in."""
        body = {"id": self.agency, "name": f"Kementerian {self.agency}", "time_zone": "Asia/Jakarta"}
        self.system.operator.post(f"{PERSONNEL}/agencies", body)
        rule = {"agency_id": self.agency, "valid_from": self.system.operator.get(f"{IDENTITY}/clock")["now"][:10]}
        self.system.operator.post(f"{IDENTITY}/sign-in-rules", {**rule, **OFFICERS_OF_THE_STORY})
        for number, name in enumerate(OFFICE):
            self._callers[name] = self._let_in(self.system.operator, f"sdm{number}", name, ["hr_officer"])
        return self

    def populate(self) -> "Ministry":
        """HR imports the files; whoever needs them in the other services waits until the system is consistent."""
        self.bring_in("units", units_file())
        self.bring_in("employees", employees_file())
        return self.read()

    def read(self) -> "Ministry":
        """Look up units and people through the API."""
        self.units = {unit["code"]: unit["unit_id"] for unit in self.hr.pages(f"{PERSONNEL}/org-units")}
        self.people = {one["name"].split()[0]: one for one in self.hr.pages(f"{PERSONNEL}/employees")}
        return self

    def bring_in(self, kind: str, content: bytes, cause: str = "CHANGE") -> dict[str, Any]:
        """Import a file; gives the finished job."""
        path = f"{PERSONNEL}/imports/{kind}" + (f"?cause={cause}" if kind == "employees" else "")
        started = self.hr.upload(path, f"{kind}.csv", content)
        job: dict[str, Any] = finish_job(self.hr, "personnel", started["job_id"])
        return job

    @property
    def hr(self) -> Api:
        return self._callers[OFFICE[0]]

    @property
    def second_hr(self) -> Api:
        return self._callers[OFFICE[1]]

    def by_two(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Wati proposes, Yusuf approves; gives what came of it."""
        first = self.who("Wati")
        proposal = (first.put if method == "PUT" else first.post)(path, body, **options)
        return self.approved(proposal, path.split("/")[3])

    def approved(self, proposal: dict[str, Any], service: str) -> Any:
        """Yusuf approves what another officer has proposed; gives what came of it."""
        path = f"/api/v1/{service}/proposals/{proposal['id']}/approve"
        return self.who("Yusuf").post(path, {"reason": "Sudah diperiksa"}, headers=match(proposal))["outcome"]

    def who(self, name: str) -> Api:
        """Somebody of the agency, signed in."""
        if name not in self._callers:
            person = self.people[name]
            led = {leader: self.units[code] for code, _, _, leader in UNITS}
            roles = ROLES.get(name, ["employee"]) + ["unit_leader"] * (name in led)
            place = {"employee_id": person["employee_id"], "unit_id": led.get(name, person["unit_id"])}
            by = self.system.operator if name in ROLES else self.hr
            self._callers[name] = self._let_in(by, name.lower(), person["name"], roles, **place)
        return self._callers[name]

    def let_in_official(self, office: str, since: str) -> None:
        """HR records an official from outside, who signs in with their address; known by the office."""
        email = f"{office.lower()}@{self.agency}.example"
        body = {"name": f"Ratih {office}", "office": office, "institution": "Provinsi", "first_day": since}
        official = self.hr.post(f"{PERSONNEL}/officials", {**body, "email": email})
        self.people[office] = {"employee_id": official["id"], "name": body["name"]}
        # identity makes an account only of an official whom it knows
        self.system.consistency.wait_until_consistent()
        place = {"official_id": official["id"]}
        self._callers[office] = self._let_in(self.hr, office.lower(), body["name"], ["external_official"], **place)

    def let(self, name: str, caller: Api) -> None:
        """Somebody has signed in another way."""
        self._callers[name] = caller

    def id_of(self, name: str) -> str:
        found: str = self.people[name]["employee_id"]
        return found

    def evaluation_of(self, name: str) -> str:
        """The evaluation of somebody that the story told last."""
        found: str = self.notes[f"evaluation {name}"]
        return found

    def attempt(self, caller: Api, method: str, path: str, **options: Any) -> httpx.Response:
        """A call that may be refused; the answer is remembered for the next step."""
        self.answer = caller.raw(method, path, **options)
        return self.answer

    def published(self, producer: str, event: str) -> list[dict[str, Any]]:
        """The events of a name that a service has said about this agency, as the operator's history has them."""
        rows = self.system.history(producer)
        return [row for row in rows if row["agency_id"] == self.agency and row["name"] == event]

    def _let_in(self, by: Api, user: str, name: str, roles: list[str], **place: Any) -> Api:
        account = {"username": f"{user}@{self.agency}.example", "name": name, "roles": roles, **place}
        agency = {"agency_id": self.agency} if by is self.system.operator else {}
        made = by.post(f"{IDENTITY}/accounts/batch", {"accounts": [account], **agency})["items"][0]
        redeem = {"code": made["activation_code"], "password": PASSWORD}
        opened = self.system.edge.post(f"{IDENTITY}/activations", redeem)
        return self.system.edge.signed_in(opened["token"], name, place.get("employee_id", ""))


def match(answer: httpx.Response | dict[str, Any]) -> dict[str, str]:
    """The header that changes what was just read, and nothing newer."""
    tag = answer.headers["ETag"] if isinstance(answer, httpx.Response) else f'"{answer["version"]}"'
    return {"If-Match": tag}
