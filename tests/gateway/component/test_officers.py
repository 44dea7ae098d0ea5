"""Accounts are those of people whom personnel knows, and an officer's opens nothing for long while it is nobody's."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.gateway.builders import API, an_account, code_of
from tests.gateway.component.test_accounts import audit_of

RULE = {
    "valid_from": "2026-02-02", "officer_days_without_person": 3, "watched_days": 7, "source": "SE 4/2026",
    "verified": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_february(service):
    service.clock.freeze(datetime(2026, 2, 2, 3, tzinfo=UTC))


def turn(service, day):
    service.clock.freeze(datetime(2026, 2, day, 3, tzinfo=UTC))


def test_a_personnel_officer_makes_accounts_of_people_whom_personnel_knows_only(gateway):
    stranger, nobody = {"employee_id": uuid4()}, {"employee_id": None}
    rows = [an_account(**one) for one in (stranger, nobody)]
    body = {"accounts": [{**row, "employee_id": row["employee_id"] and str(row["employee_id"])} for row in rows]}
    items = gateway.manager().post(f"{API}/accounts/batch", json=body).get_json()["items"]
    assert [(one["outcome"], one["code"]) for one in items] == [
        ("REFUSED", "employee_unknown"),
        ("REFUSED", "person_needed"),
    ]
    gateway.hire(stranger["employee_id"], f"{gateway.agency}-lain")
    again = gateway.manager().post(f"{API}/accounts/batch", json=body).get_json()["items"]
    assert again[0]["code"] == "employee_unknown"
    gateway.hire(stranger["employee_id"])
    done = gateway.manager().post(f"{API}/accounts/batch", json=body).get_json()["items"]
    assert done[0]["outcome"] == "CREATED"


def test_a_personnel_officer_links_no_account_to_a_person(gateway):
    somebody = uuid4()
    gateway.hire(somebody)
    sock = gateway.invite(by=gateway.manager("operator"), employee_id=None)
    where = f"{API}/accounts/{sock['account_id']}"
    change = {"json": {"employee_id": str(somebody)}, "headers": {"If-Match": "*"}}
    assert code_of(gateway.manager().patch(where, **change)) == "link_fixed"
    assert gateway.manager("operator").patch(where, **change).status_code == 200


@pytest.mark.parametrize("role", ["hr_officer", "inspector", "wellbeing_officer"])
def test_an_office_in_an_account_that_is_nobodys_ends_until_an_operator_says_whose_it_is(gateway, service, role):
    operator = gateway.manager("operator")
    officer, first = gateway.member(by=operator, employee_id=None, roles=["employee", role])
    turn(service, 28)
    assert role in gateway.claims(first.token)["roles"]
    service.clock.freeze(datetime(2026, 3, 4, 3, tzinfo=UTC))
    later = gateway.sign_in(officer["username"]).get_json()["token"]
    assert gateway.claims(later)["roles"] == ["employee"]
    me = gateway.inside(later)
    assert me.get(f"{API}/me").get_json()["lacks"] == ["PERSON"]
    assert me.get(f"{API}/accounts").status_code == 403
    gateway.hire(person := uuid4())
    where = f"{API}/accounts/{officer['account_id']}"
    assert operator.patch(where, json={"employee_id": str(person)}, headers={"If-Match": "*"}).status_code == 200
    assert gateway.claims(later)["roles"] == ["employee", role]
    assert gateway.inside(later).get(f"{API}/me").get_json()["lacks"] == []


def test_who_has_nothing_but_an_office_reads_what_the_account_lacks_and_signs_out(gateway, service):
    officer, _ = gateway.member(by=gateway.manager("operator"), employee_id=None, roles=["hr_officer"])
    service.clock.freeze(datetime(2026, 3, 4, 3, tzinfo=UTC))
    token = gateway.sign_in(officer["username"]).get_json()["token"]
    assert gateway.claims(token)["roles"] == ["account_incomplete"]
    me = gateway.inside(token)
    assert me.get(f"{API}/me").get_json()["lacks"] == ["PERSON"]
    assert me.get(f"{API}/account-rules").status_code == 403
    assert me.delete(f"{API}/sessions/current").status_code == 204


def test_an_operator_is_nobodys_person_and_stays_one(gateway, service):
    made, _ = gateway.member(by=gateway.manager("operator"), employee_id=None, roles=["operator"])
    service.clock.freeze(datetime(2027, 3, 4, 3, tzinfo=UTC))
    assert gateway.claims(gateway.sign_in(made["username"]).get_json()["token"])["roles"] == ["operator"]


def test_an_operator_sets_the_days_for_an_agency_and_nobody_else_does(gateway, service):
    operator = gateway.manager("operator", agency_id="suar")
    named = {**RULE, "agency_id": gateway.agency}
    assert gateway.manager().post(f"{API}/sign-in-rules", json=named).status_code == 403
    past = operator.post(f"{API}/sign-in-rules", json={**named, "valid_from": "2026-02-01"})
    assert past.get_json()["errors"][0]["code"] == "date_too_early"
    made = operator.post(f"{API}/sign-in-rules", json=named)
    assert (made.status_code, made.get_json()["version"]) == (201, 1)
    shown = gateway.manager().get(f"{API}/sign-in-rules").get_json()["items"]
    assert [one["officer_days_without_person"] for one in shown] == [30, 3]
    officer, _ = gateway.member(by=gateway.manager("operator"), employee_id=None, roles=["hr_officer"])
    turn(service, 5)
    token = gateway.sign_in(officer["username"]).get_json()["token"]
    assert gateway.claims(token)["roles"] == ["account_incomplete"]
    assert audit_of(service, gateway.agency, "sign_in_rule.set")
