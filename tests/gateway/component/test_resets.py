"""A new password for somebody with power takes two people, its owner gets a message, and what follows is marked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from tests.directory.builders import from_day
from tests.gateway.builders import A_PASSWORD, ANOTHER_PASSWORD, API, HIRED, code_of, session_of
from tests.gateway.component.test_accounts import audit_of


@pytest.fixture(autouse=True)
def _in_february(service):
    service.clock.freeze(datetime(2026, 2, 2, 3, tzinfo=UTC))


def codes(invitation):
    return f"{API}/accounts/{invitation['account_id']}/codes"


def ask(client, invitation):
    answer = client.post(codes(invitation))
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def reset(gateway, code):
    return gateway.anonymous.post(f"{API}/password-resets", json={"code": code, "password": ANOTHER_PASSWORD})


def steps(gateway):
    return [one["data"]["step"] for one in gateway.service.events(gateway.agency, "AccountCredentialsChanged")]


@pytest.fixture
def appraiser(gateway):
    """A plain employee who is somebody's superior: no role says so, the timeline does."""
    person = uuid4()
    gateway.hire(uuid4(), None, from_day(HIRED, superior_id=person))
    return gateway.member(employee_id=str(person))


def test_no_officer_becomes_an_appraiser_alone(gateway, service, appraiser):
    invitation, session = appraiser
    first, second = gateway.manager(), gateway.manager()
    for _ in range(2):
        waiting = ask(first, invitation)
        assert (waiting["code"], waiting["awaits_second_person"]) == (None, True)
    assert code_of(first.put(f"{codes(invitation)}/approval")) == "second_person_needed"
    assert second.put(f"{codes(invitation)}/approval").status_code == 204
    issued = ask(first, invitation)
    assert (issued["purpose"], issued["awaits_second_person"]) == ("RESET", False)
    opened = session_of(reset(gateway, issued["code"]))
    assert gateway.authorise(session.token).status_code == 401
    assert steps(gateway) == ["RESET_REQUESTED", "RESET_APPROVED", "CODE_ISSUED", "PASSWORD_RESET"]
    notices = gateway.inside(opened.token).get(f"{API}/me").get_json()["notices"]
    assert [one["action"] for one in notices] == [
        "account.code_issued", "account.reset_approved", "account.reset_requested",
    ]  # fmt: skip
    (row,) = audit_of(service, gateway.agency, "account.reset_approved")
    assert set(row.detail) == {"requested_by"}
    assert ask(first, invitation)["awaits_second_person"]


@pytest.mark.parametrize("role", ["hr_officer", "inspector", "wellbeing_officer", "unit_leader", "operator"])
def test_no_operator_becomes_an_officer_alone_and_the_officer_who_agrees_gets_no_code(gateway, role):
    invitation, _ = gateway.member(by=gateway.manager("operator"), roles=["employee", role])
    operator, hr = gateway.manager("operator", agency_id="suar"), gateway.manager()
    assert ask(operator, invitation)["code"] is None
    answer = hr.put(f"{codes(invitation)}/approval")
    assert (answer.status_code, answer.data) == (204, b"")
    assert reset(gateway, ask(operator, invitation)["code"]).status_code == 201


def test_a_plain_employee_is_helped_by_one_person(gateway):
    invitation, _ = gateway.member()
    assert reset(gateway, ask(gateway.manager(), invitation)["code"]).status_code == 201
    assert steps(gateway) == ["CODE_ISSUED", "PASSWORD_RESET"]


def test_the_owner_and_the_same_person_in_another_account_do_not_agree(gateway, appraiser):
    invitation, session = appraiser
    owner = UUID(gateway.claims(session.token)["employee"])
    asking = uuid4()
    first = gateway.manager(employee_id=asking)
    ask(first, invitation)
    for person in (owner, asking):
        again = gateway.manager(employee_id=person)
        assert code_of(again.put(f"{codes(invitation)}/approval")) == "second_person_needed"
    assert code_of(gateway.manager(employee_id=owner).post(codes(invitation))) == "own_code_refused"


def test_a_request_waits_three_days_and_is_that_of_who_asked_last(gateway, appraiser, real_time):
    invitation, _ = appraiser
    first, second, third = (gateway.manager() for _ in range(3))
    assert third.put(f"{codes(invitation)}/approval").status_code == 404
    ask(first, invitation)
    third.put(f"{codes(invitation)}/approval")
    assert ask(second, invitation)["code"] is None
    assert ask(first, invitation)["code"] is None
    real_time.advance(days=3, seconds=1)
    assert third.put(f"{codes(invitation)}/approval").status_code == 404


def test_a_new_account_in_place_of_a_closed_one_is_no_way_around(gateway, appraiser):
    invitation, session = appraiser
    person = gateway.claims(session.token)["employee"]
    hr, second = gateway.manager(), gateway.manager()
    assert hr.delete(f"{API}/accounts/{invitation['account_id']}").status_code == 204
    row = {"username": "sock@contoh.go.id", "name": "Sock", "employee_id": person}
    made = hr.post(f"{API}/accounts/batch", json={"accounts": [row]}).get_json()["items"][0]
    assert (made["outcome"], made["activation_code"], made["code"]) == ("CREATED", None, "second_person_needed")
    assert ask(hr, made)["code"] is None
    second.put(f"{codes(made)}/approval")
    code = {"code": ask(hr, made)["code"], "password": A_PASSWORD}
    opened = session_of(gateway.anonymous.post(f"{API}/activations", json=code))
    assert gateway.claims(opened.token)["watched"] is True


def test_what_is_done_soon_after_a_reset_is_marked_in_the_audit_trail(gateway, service, real_time):
    operator = gateway.manager("operator")
    invitation, _ = gateway.member(by=operator, roles=["employee", "hr_officer"])
    other = gateway.invite()
    ask(operator, invitation)
    gateway.manager().put(f"{codes(invitation)}/approval")
    opened = session_of(reset(gateway, ask(operator, invitation)["code"]))
    gateway.inside(opened.token).get(f"{API}/accounts/{other['account_id']}")
    real_time.advance(days=8)
    later = session_of(gateway.sign_in(invitation["username"], ANOTHER_PASSWORD))
    assert "watched" not in gateway.claims(later.token)
    gateway.manager().get(f"{API}/accounts/{other['account_id']}")
    rows = audit_of(service, gateway.agency, "account.read")
    assert [row.detail for row in rows] == [{"after_reset": True}, {}]


def test_a_link_that_an_operator_changes_reaches_both_people_and_is_marked(gateway):
    invitation, session = gateway.member()
    before, after = gateway.claims(session.token)["employee"], str(uuid4())
    gateway.hire(after)
    change = {"json": {"employee_id": after}, "headers": {"If-Match": "*"}}
    where = f"{API}/accounts/{invitation['account_id']}"
    assert gateway.manager("operator").patch(where, **change).status_code == 200
    said = gateway.service.events(gateway.agency, "AccountCredentialsChanged")
    assert {(one["data"]["step"], one["data"]["employee_id"]) for one in said} == {
        ("LINK_CHANGED", before), ("LINK_CHANGED", after),
    }  # fmt: skip
    assert gateway.claims(session.token)["watched"] is True


def test_who_is_a_superior_no_more_needs_one_person(gateway):
    person, led = uuid4(), uuid4()
    invitation, _ = gateway.member(employee_id=str(person))
    gateway.hire(led, None, from_day(HIRED, superior_id=person))
    assert ask(gateway.manager(), invitation)["code"] is None
    moved = from_day(date(2026, 2, 2), superior_id=uuid4())
    gateway.hire(led, None, from_day(HIRED, superior_id=person), moved, version=2)
    assert ask(gateway.manager(), invitation)["code"]
