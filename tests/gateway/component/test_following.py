"""Accounts follow the timelines of people and the terms of officials, however late and in whatever order they arrive."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from chassis.bus.envelope import to_json
from directory.timelines import Stretch
from tests.directory.builders import employee_timeline, from_day
from tests.gateway.builders import A_PASSWORD, API, Gateway, code_of
from tests.gateway.component.test_accounts import audit_of

HIRED = date(2019, 3, 1)


@dataclass
class Office:
    """An agency with one account, whose person's time is recorded by personnel."""

    gateway: Gateway
    person: UUID = field(default_factory=uuid4)
    roles: tuple[str, ...] = ("employee",)

    def __post_init__(self) -> None:
        self.agency, self.service = self.gateway.agency, self.gateway.service
        self.operator = self.gateway.manager("operator")
        self.versions = 0

    def deliver(self, name: str, subject: object, /, **data: object) -> None:
        self.service.deliver(name, to_json(data), producer="personnel", agency=self.agency, subject=subject)

    def register(self, version: int = 1, time_zone: str = "Asia/Jakarta") -> None:
        self.deliver(
            "AgencyChanged", self.agency, agency_id=self.agency, name="K", time_zone=time_zone, version=version
        )

    def record(self, *stretches: Stretch, version: int = 0, cause: str = "CHANGE") -> None:
        self.versions = max(version, self.versions + 1) if not version else self.versions
        data = employee_timeline(self.person, *stretches, version=version or self.versions, cause=cause)
        self.deliver("EmployeeTimelineChanged", self.person, **data)

    def enter(self) -> None:
        """Give the person an account and let them sign in."""
        operator = self.operator
        row = {"employee_id": str(self.person), "roles": list(self.roles), "username": username()}
        self.account = self.gateway.invite(by=operator, agency_id=self.agency, **row)
        self.session = self.gateway.activate(self.account)

    def turn(self, year: int, month: int, day: int, hour: int = 3) -> None:
        self.service.clock.freeze(datetime(year, month, day, hour, tzinfo=UTC))
        self.service.run_timers()

    @property
    def shown(self) -> dict:
        found = self.operator.get(f"{API}/accounts/{self.account['account_id']}")
        assert found.status_code == 200
        return found.get_json()

    def standing(self) -> tuple[str, list[str], str | None]:
        return self.shown["access"], self.shown["roles"], self.shown["readable_until"]

    def authorised(self) -> int:
        return self.gateway.authorise(self.session.token).status_code

    def sign_in(self) -> str:
        answer = self.gateway.sign_in(self.account["username"])
        return "in" if answer.status_code == 201 else code_of(answer)

    def changes(self) -> list[str]:
        return [one["data"]["change"] for one in self.service.events(self.agency, "AccountAccessChanged")]


def username() -> str:
    return f"{uuid4().hex[:12]}@contoh.go.id"


@pytest.fixture
def office(gateway):
    made = Office(gateway, roles=("employee", "hr_officer"))
    made.turn(2026, 2, 2)
    made.register()
    made.record(from_day(HIRED))
    made.enter()
    return made


def retired(day: date, status: str = "RETIRED") -> tuple[Stretch, Stretch]:
    return from_day(HIRED), from_day(day, status=status)


def test_a_retirement_recorded_late_reduces_the_account_now_and_its_sessions_follow_at_once(office):
    assert office.gateway.claims(office.session.token)["roles"] == ["employee", "hr_officer"]
    office.record(*retired(date(2026, 1, 15)))
    assert office.standing() == ("OWN_RECORDS", ["employee"], "2026-04-14")
    assert office.gateway.claims(office.session.token)["roles"] == ["former_employee"]
    assert office.shown["ended_roles"] == ["hr_officer"]
    assert office.shown["state"] == "FORMER"
    me = office.gateway.inside(office.session.token).get(f"{API}/me").get_json()
    assert (me["access"], me["readable_until"]) == ("OWN_RECORDS", "2026-04-14")
    assert office.changes() == ["REDUCED"]


def test_one_known_ahead_reduces_on_its_day_and_closes_when_the_days_of_grace_are_over(office):
    office.record(*retired(date(2026, 3, 1)))
    office.turn(2026, 2, 28, 16)
    assert office.standing()[0] == "FULL"
    office.turn(2026, 2, 28, 17)  # midnight in Jakarta
    assert office.standing() == ("OWN_RECORDS", ["employee"], "2026-05-29")
    assert office.sign_in() == "in"
    office.turn(2026, 5, 29)
    assert office.authorised() == 200
    office.turn(2026, 5, 30)
    assert (office.shown["state"], office.authorised()) == ("ENDED", 401)
    assert office.sign_in() == "account_ended"
    assert office.changes() == ["REDUCED", "CLOSED"]
    assert office.service.run_timers() == 0


def test_no_code_is_made_for_an_account_that_has_ended(office):
    office.record(*retired(date(2026, 2, 1), "DECEASED"))
    codes = f"{API}/accounts/{office.account['account_id']}/codes"
    refused = office.operator.post(codes)
    assert (refused.status_code, code_of(refused)) == (409, "code_for_ended_account")
    office.record(from_day(HIRED), cause="CORRECTION")
    assert office.operator.post(codes).get_json()["purpose"] == "RESET"


def test_a_death_closes_at_once(office):
    office.record(*retired(date(2026, 2, 1), "DECEASED"))
    assert (office.shown["state"], office.authorised()) == ("ENDED", 401)
    (event,) = office.service.events(office.agency, "AccountAccessChanged")
    assert (event["data"]["change"], event["data"]["deceased"]) == ("CLOSED", True)


def test_a_correction_opens_it_again_with_the_same_roles_and_the_same_password(office):
    office.record(*retired(date(2025, 6, 1)))
    assert office.sign_in() == "account_ended"
    office.record(from_day(HIRED), cause="CORRECTION")
    assert office.standing() == ("FULL", ["employee", "hr_officer"], None)
    assert office.sign_in() == "in"
    assert office.changes() == ["CLOSED", "REOPENED"]


def test_whoever_is_taken_back_gets_the_account_but_no_office(office):
    office.record(*retired(date(2026, 2, 10)), from_day(date(2026, 2, 20)))
    office.turn(2026, 2, 20)
    assert office.standing() == ("FULL", ["employee"], None)
    where = f"{API}/accounts/{office.account['account_id']}"
    body = {"roles": ["employee", "hr_officer"]}
    assert office.operator.patch(where, json=body, headers={"If-Match": "*"}).status_code == 200
    office.record(*retired(date(2026, 2, 9)), from_day(date(2026, 2, 19)))
    assert office.standing()[1] == ["employee", "hr_officer"]


def test_a_suspension_ends_offices_and_its_end_does_not_bring_them_back(office):
    office.record(from_day(HIRED), from_day(date(2026, 2, 10), status="SUSPENDED"), from_day(date(2026, 2, 20)))
    office.turn(2026, 2, 10)
    assert office.standing() == ("FULL", ["employee"], None)
    office.turn(2026, 2, 21)
    assert office.standing() == ("FULL", ["employee"], None)
    assert office.changes() == ["ROLES_ENDED"]


def test_events_twice_and_out_of_order_end_the_same(office):
    office.record(*retired(date(2026, 1, 15)), version=7)
    office.record(from_day(HIRED), version=6)
    office.record(*retired(date(2026, 1, 15)), version=7)
    assert office.standing()[0] == "OWN_RECORDS"
    office.record(from_day(HIRED), version=8)
    office.record(*retired(date(2026, 1, 15)), version=7)
    assert office.standing() == ("FULL", ["employee", "hr_officer"], None)
    assert office.changes() == ["REDUCED", "REOPENED"]


def test_a_timeline_before_its_agency_waits_for_it(gateway):
    made = Office(gateway)
    made.turn(2026, 2, 2)
    made.enter()
    made.record(*retired(date(2026, 1, 15)), version=2)
    assert made.standing()[0] == "FULL"
    (waiting,) = made.service.deferred(made.agency)
    assert "not_known_yet" in str(waiting) or "NotKnownYet" in str(waiting)


def test_an_account_that_is_made_after_the_timeline_follows_from_its_first_moment(gateway):
    made = Office(gateway)
    made.turn(2026, 2, 2)
    made.register()
    made.record(*retired(date(2026, 3, 1)))
    made.enter()
    assert made.standing()[0] == "FULL"
    made.turn(2026, 3, 1)
    assert made.standing()[0] == "OWN_RECORDS"


def test_another_rule_of_the_agency_is_followed_by_a_job(office):
    office.record(*retired(date(2026, 1, 15)))
    hr = office.gateway.manager()
    rule = {
        "valid_from": "2026-01-01", "retired_days": 10, "transferred_days": 30, "dismissed_days": 0, "deceased_days": 0,
        "suspension_ends_roles": False, "source": "SK Sekjen 5/2026", "verified": True,
    }  # fmt: skip
    assert hr.post(f"{API}/account-rules", json=rule).status_code == 201
    office.service.run_jobs()
    assert office.standing() == ("NONE", ["employee"], None)
    shown = hr.get(f"{API}/account-rules").get_json()["items"]
    assert [(one["retired_days"], one["verified"]) for one in shown] == [(90, False), (10, True)]
    refused = hr.post(f"{API}/account-rules", json={**rule, "retired_days": -1})
    assert refused.get_json()["errors"][0]["field"] == "retired_days"


def test_hr_lists_accounts_of_nobody_in_service_and_people_without_an_account(office):
    hr = office.gateway.manager()
    without = office.gateway.invite(by=office.operator, employee_id=None)
    newcomer = uuid4()
    timeline = employee_timeline(newcomer, from_day(date(2026, 1, 5)))
    office.deliver("EmployeeTimelineChanged", newcomer, **timeline)
    assert [one["account_id"] for one in page(hr, "without-service")] == [without["account_id"]]
    assert [one["employee_id"] for one in page(hr, "missing")] == [str(newcomer)]
    office.record(*retired(date(2026, 1, 15)))
    assert {one["account_id"] for one in page(hr, "without-service")} == {
        without["account_id"], office.account["account_id"],
    }  # fmt: skip


def page(client, what):
    answer = client.get(f"{API}/accounts/{what}")
    assert answer.status_code == 200, answer.text
    return answer.get_json()["items"]


def test_what_followed_stands_in_the_audit_trail(office):
    office.record(*retired(date(2026, 1, 15)))
    (row,) = audit_of(office.service, office.agency, "account.followed")
    assert (row.actor, row.object_id) == ("timeline", office.account["account_id"])
    assert row.detail["roles_ended"] == ["hr_officer"]
    assert office.sign_in() == "in"
    assert office.gateway.sign_in(office.account["username"], A_PASSWORD + "x").status_code == 401
