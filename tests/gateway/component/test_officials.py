"""An official who is no civil servant signs in with an e-mail address, in the days of the office, with one role."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from chassis.bus.envelope import to_json
from tests.gateway.builders import API, code_of


class Office:
    def __init__(self, gateway) -> None:
        self.gateway, self.service, self.agency = gateway, gateway.service, gateway.agency
        self.official, self.email = str(uuid4()), f"gubernur-{uuid4().hex[:8]}@contoh.go.id"
        self.hr, self.versions = gateway.manager(), 0
        self.deliver("AgencyChanged", self.agency, agency_id=self.agency, name="K", time_zone="Asia/Jakarta", version=1)

    def deliver(self, name: str, subject: object, /, **data: object) -> None:
        self.service.deliver(name, to_json(data), producer="personnel", agency=self.agency, subject=subject)

    def term(self, first_day: str, last_day: str | None) -> None:
        self.versions += 1
        days = {"first_day": first_day, "last_day": last_day, "version": self.versions}
        self.deliver("ExternalOfficialChanged", self.official, official_id=self.official, office="Gubernur", **days)

    def invite(self, **changes: object) -> dict:
        row = {"username": self.email, "name": "Ratna Wijaya", "official_id": self.official, **changes}
        answer = self.gateway.create(row, by=self.hr)
        return answer.get_json()["items"][0] if answer.status_code == 200 else answer.get_json()

    def turn(self, *parts: int) -> None:
        self.service.clock.freeze(datetime(*parts, 3, tzinfo=UTC))
        self.service.run_timers()

    def sign_in(self) -> str:
        answer = self.gateway.sign_in(self.email)
        return "in" if answer.status_code == 201 else code_of(answer)


@pytest.fixture
def office(gateway):
    made = Office(gateway)
    made.turn(2026, 2, 2)
    made.term("2025-02-20", None)
    return made


def test_the_internal_token_names_the_official_and_one_role(office):
    session = office.gateway.activate(office.invite())
    claims = office.gateway.claims(session.token)
    assert (claims["employee"], claims["roles"], claims["unit"]) == (office.official, ["external_official"], None)
    me = office.gateway.inside(session.token).get(f"{API}/me").get_json()
    assert (me["official_id"], me["employee_id"]) == (office.official, None)


def test_the_account_closes_after_the_last_day_and_lives_before_it(office):
    session = office.gateway.activate(office.invite())
    office.term("2025-02-20", "2026-03-31")
    office.turn(2026, 3, 31)
    assert office.gateway.authorise(session.token).status_code == 200
    office.turn(2026, 4, 1)
    assert office.gateway.authorise(session.token).status_code == 401
    assert office.sign_in() == "account_ended"
    office.term("2025-02-20", None)
    assert office.sign_in() == "in"


def test_before_the_first_day_nobody_signs_in(office):
    office.term("2026-02-20", None)
    made = office.invite()
    code = {"code": made["activation_code"], "password": "kopi-hujan-sepeda-41"}
    early = office.gateway.anonymous.post(f"{API}/activations", json=code)
    assert (early.status_code, code_of(early)) == (403, "account_ended")
    again = office.hr.post(f"{API}/accounts/{made['account_id']}/codes").get_json()
    office.turn(2026, 2, 20)
    activated = office.gateway.activate({"activation_code": again["code"]})
    assert activated.body["account"]["state"] == "ACTIVE"


def test_no_code_is_made_after_the_last_day(office):
    made = office.invite()
    office.term("2025-02-20", "2026-02-01")
    refused = office.hr.post(f"{API}/accounts/{made['account_id']}/codes")
    assert (refused.status_code, code_of(refused)) == (409, "code_for_ended_account")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "199004172019032005"}, "username_invalid"),
        ({"official_id": str(uuid4())}, "official_unknown"),
    ],
)
def test_only_an_official_whom_personnel_knows_is_invited_and_by_e_mail(office, changes, code):
    refused = office.invite(**changes)
    assert (refused["outcome"], refused["code"]) == ("REFUSED", code)


@pytest.mark.parametrize("roles", [["employee"], ["external_official", "hr_officer"]])
def test_an_official_holds_no_other_role(office, roles):
    refused = office.invite(roles=roles)
    assert refused["errors"][0]["code"] == "role_unknown"
    made = office.invite()
    where = f"{API}/accounts/{made['account_id']}"
    answer = office.gateway.manager("operator").patch(where, json={"roles": roles}, headers={"If-Match": "*"})
    assert answer.status_code == 422
    employee = {"employee_id": str(uuid4())}
    linked = office.gateway.manager("operator").patch(where, json=employee, headers={"If-Match": "*"})
    assert code_of(linked) == "link_fixed"


def test_an_employee_does_not_get_the_officials_role_and_an_official_one_account(office):
    refused = office.gateway.create(
        {"username": office.email, "name": "X", "roles": ["external_official"]}, by=office.hr
    )
    assert refused.get_json()["errors"][0]["code"] == "role_unknown"
    assert office.invite()["outcome"] == "CREATED"
    assert office.invite(username="lain@contoh.go.id")["code"] == "official_has_account"
    both = office.invite(employee_id=str(uuid4()))
    assert both["errors"][0]["field"] == "accounts.0.official_id"
