"""One name at several agencies: a sign-in leads to where the person serves, and no agency learns of another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from chassis.bus.envelope import to_json
from tests.directory.builders import employee_timeline, from_day
from tests.gateway.builders import A_PASSWORD, ANOTHER_PASSWORD, API, code_of, session_of
from tests.gateway.component.test_following import retired

NEW_POST = date(2026, 3, 1)
NAMES = ("Kementerian Lama", "Pemerintah Provinsi Baru")
JAKARTA = {"time_zone": "Asia/Jakarta", "version": 1}


class Both:
    """The person's two accounts: agency A, which they leave on 1 March 2026, and B, where they begin then."""

    def __init__(self, gateway, nip: str) -> None:
        self.gateway, self.service, self.nip = gateway, gateway.service, nip
        self.operator = gateway.manager("operator")
        self.a, self.b = gateway.agency, f"baru-{uuid4().hex[:8]}"
        self.people = {self.a: uuid4(), self.b: uuid4()}
        for agency in (self.a, self.b):
            self.deliver(agency, "AgencyChanged", agency, agency_id=agency, name=NAMES[agency == self.b], **JAKARTA)

    def deliver(self, agency: str, name: str, subject: object, /, **data: object) -> None:
        self.service.deliver(name, to_json(data), producer="personnel", agency=agency, subject=subject)

    def record(self, agency: str, *stretches, version: int = 1) -> None:
        person = self.people[agency]
        data = employee_timeline(person, *stretches, version=version)
        self.deliver(agency, "EmployeeTimelineChanged", person, **data)

    def enter(self, agency: str, password: str) -> dict:
        row = {"username": self.nip, "employee_id": str(self.people[agency])}
        made = self.gateway.invite(by=self.operator, agency_id=agency, **row)
        self.gateway.activate(made, password)
        return made

    def sign_in(self, password: str, **more: str):
        return self.gateway.anonymous.post(f"{API}/sessions", json={"username": self.nip, "password": password, **more})

    def agency_of(self, password: str, **more: str) -> str:
        answer = self.sign_in(password, **more)
        return answer.get_json()["account"]["agency_id"] if answer.status_code == 201 else code_of(answer)


@pytest.fixture
def both(gateway):
    nip = f"19900417201903{uuid4().int % 10000:04d}"
    made = Both(gateway, nip)
    made.service.clock.freeze(date_at(2026, 2, 20))
    made.record(made.a, *retired(NEW_POST, "TRANSFERRED"))
    made.record(made.b, from_day(NEW_POST))
    return made


def date_at(*parts: int):
    return datetime(*parts, 3, tzinfo=UTC)


def turn(both, *parts: int) -> None:
    both.service.clock.freeze(date_at(*parts))
    both.service.run_timers()


def test_after_the_transfer_the_same_name_and_password_lead_to_the_new_agency(both):
    both.enter(both.a, A_PASSWORD)
    assert both.agency_of(A_PASSWORD) == both.a
    turn(both, 2026, 3, 1)
    both.enter(both.b, A_PASSWORD)
    assert both.agency_of(A_PASSWORD) == both.b
    former = session_of(both.sign_in(A_PASSWORD, agency_id=both.a))
    assert both.gateway.claims(former.token)["roles"] == ["former_employee"]
    assert both.gateway.claims(former.token)["employee"] == str(both.people[both.a])
    turn(both, 2026, 5, 30)
    assert both.agency_of(A_PASSWORD, agency_id=both.a) == "account_ended"
    assert both.agency_of(A_PASSWORD) == both.b


def asked(both, password: str) -> tuple[int, str, set[str]]:
    answer = both.sign_in(password)
    return answer.status_code, code_of(answer), {one["value"] for one in answer.get_json()["errors"]}


def test_before_the_transfer_whoever_has_one_password_at_both_is_asked_for_the_agency(both):
    both.enter(both.a, A_PASSWORD)
    both.enter(both.b, A_PASSWORD)
    assert asked(both, A_PASSWORD) == (409, "agency_needed", {both.a, both.b})
    refusal = both.sign_in(A_PASSWORD).get_json()
    assert all(name in refusal["detail"] for name in NAMES)
    assert {one["value"]: one["expected"].split(":")[0] for one in refusal["errors"]} == dict(
        zip((both.a, both.b), NAMES, strict=True)
    )
    for agency in (both.a, both.b):
        assert both.agency_of(A_PASSWORD, agency_id=agency) == agency
    turn(both, 2026, 3, 1)
    assert both.agency_of(A_PASSWORD) == both.b


def test_where_the_person_serves_is_listed_only_to_whoever_has_the_password(both):
    both.enter(both.a, A_PASSWORD)
    both.enter(both.b, ANOTHER_PASSWORD)
    wrong = both.sign_in("salah-sekali-bukan-ini").get_json()
    assert (wrong["code"], wrong["errors"]) == ("credentials_refused", [])
    assert both.a not in str(wrong)
    assert both.b not in str(wrong)
    assert (both.agency_of(A_PASSWORD), both.agency_of(ANOTHER_PASSWORD)) == (both.a, both.b)


def test_a_disabled_account_is_no_choice(both):
    first = both.enter(both.a, A_PASSWORD)
    both.enter(both.b, A_PASSWORD)
    off = both.operator.patch(
        f"{API}/accounts/{first['account_id']}", json={"disabled": True}, headers={"If-Match": "*"}
    )
    assert off.status_code == 200
    assert both.agency_of(A_PASSWORD) == both.b
    assert both.agency_of(A_PASSWORD, agency_id=both.a) == "account_disabled"


def test_being_asked_for_the_agency_is_no_failed_attempt(both):
    both.enter(both.a, A_PASSWORD)
    both.enter(both.b, A_PASSWORD)
    assert {both.agency_of(A_PASSWORD) for _ in range(10)} == {"agency_needed"}


def test_each_account_has_its_own_password(both):
    both.enter(both.a, A_PASSWORD)
    turn(both, 2026, 3, 1)
    both.enter(both.b, ANOTHER_PASSWORD)
    assert both.agency_of(A_PASSWORD) == both.a
    assert both.agency_of(ANOTHER_PASSWORD) == both.b
    assert both.agency_of(ANOTHER_PASSWORD, agency_id=both.a) == "credentials_refused"
    assert both.agency_of("salah-sekali-bukan-ini") == "credentials_refused"


def test_neither_agency_sees_or_learns_anything_of_the_other(both):
    first = both.enter(both.a, A_PASSWORD)
    turn(both, 2026, 3, 1)
    hr = both.gateway.as_bearer(both.service.token(both.gateway.person("hr_officer", agency_id=both.b)))
    made = both.gateway.create(
        {"username": both.nip, "name": "Siti", "employee_id": str(both.people[both.b])}, by=hr
    ).get_json()["items"][0]
    assert (made["outcome"], made["code"]) == ("CREATED", None)
    seen = hr.get(f"{API}/accounts?username={both.nip}").get_json()["items"]
    assert [one["account_id"] for one in seen] == [made["account_id"]]
    assert hr.get(f"{API}/accounts/{first['account_id']}").status_code == 404
    session = both.gateway.activate(made)
    assert both.a not in str(both.gateway.inside(session.token).get(f"{API}/me").get_json())
    assert hr.delete(f"{API}/accounts/{made['account_id']}").status_code == 204
    assert both.agency_of(A_PASSWORD) == both.a


def test_whoever_closes_one_frees_the_name_in_that_agency_only(both):
    first = both.enter(both.a, A_PASSWORD)
    both.enter(both.b, ANOTHER_PASSWORD)
    assert both.operator.delete(f"{API}/accounts/{first['account_id']}").status_code == 204
    assert both.agency_of(A_PASSWORD) == "credentials_refused"
    assert both.agency_of(ANOTHER_PASSWORD) == both.b
    both.people[both.a] = uuid4()
    again = both.enter(both.a, A_PASSWORD)
    assert UUID(again["account_id"]) != UUID(first["account_id"])


def test_an_agency_whose_name_has_not_arrived_is_named_by_its_id(both):
    both.enter(both.a, A_PASSWORD)
    both.enter(both.b, A_PASSWORD)
    both.deliver(both.b, "AgencyChanged", both.b, agency_id=both.b, name="", **{**JAKARTA, "version": 2})
    assert both.b in both.sign_in(A_PASSWORD).get_json()["detail"]
