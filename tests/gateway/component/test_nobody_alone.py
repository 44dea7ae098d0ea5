"""Nobody alone signs in as somebody with power: not by a detour over roles, links or a second account of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.directory.builders import from_day
from tests.gateway.builders import A_PASSWORD, ANOTHER_PASSWORD, API, HIRED, an_account, code_of, session_of
from tests.gateway.component.test_resets import ask, codes, reset


@pytest.fixture(autouse=True)
def _in_february(service):
    service.clock.freeze(datetime(2026, 2, 2, 3, tzinfo=UTC))


def change(client, invitation, **body):
    where = f"{API}/accounts/{invitation['account_id']}"
    answer = client.patch(where, json=body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def activate(gateway, code):
    return gateway.anonymous.post(f"{API}/activations", json={"code": code, "password": A_PASSWORD})


@pytest.fixture
def superior(gateway):
    person = uuid4()
    gateway.hire(uuid4(), None, from_day(HIRED, superior_id=person))
    invitation, session = gateway.member(employee_id=str(person))
    return str(person), invitation, session


@pytest.mark.parametrize("role", ["hr_officer", "operator", "unit_leader"])
def test_roles_taken_away_for_a_reset_and_given_back_end_the_password(gateway, role):
    operator = gateway.manager("operator")
    invitation, _ = gateway.member(by=operator, roles=["employee", role])
    change(operator, invitation, roles=["employee"])
    opened = session_of(reset(gateway, ask(operator, invitation)["code"]))
    assert change(operator, invitation, roles=["employee", role])["state"] == "INVITED"
    assert gateway.authorise(opened.token).status_code == 401
    assert code_of(gateway.sign_in(invitation["username"], ANOTHER_PASSWORD)) == "credentials_refused"
    assert ask(operator, invitation)["awaits_second_person"]
    gateway.manager().put(f"{codes(invitation)}/approval")
    opened = session_of(activate(gateway, ask(operator, invitation)["code"]))
    assert gateway.claims(opened.token)["watched"] is True
    change(operator, invitation, roles=["employee"])
    assert change(operator, invitation, roles=["employee", role])["state"] == "ACTIVE"


def test_who_has_always_kept_the_password_keeps_it_with_a_new_role(gateway):
    invitation, session = gateway.member()
    change(gateway.manager("operator"), invitation, roles=["employee", "hr_officer"])
    assert gateway.claims(session.token)["roles"] == ["employee", "hr_officer"]


def test_a_superior_who_is_unlinked_is_no_way_to_a_new_account_of_theirs(gateway, superior):
    person, invitation, _ = superior
    operator = gateway.manager("operator")
    change(operator, invitation, employee_id=None)
    made = gateway.create(an_account(employee_id=person), by=operator).get_json()["items"][0]
    assert (made["outcome"], made["activation_code"], made["code"]) == ("CREATED", None, "second_person_needed")
    assert ask(operator, made)["awaits_second_person"]


def test_no_account_with_a_password_is_linked_to_somebody_who_had_another(gateway, superior):
    person, invitation, _ = superior
    operator = gateway.manager("operator")
    change(operator, invitation, employee_id=None)
    own, session = gateway.member(by=operator, employee_id=None)
    assert change(operator, own, employee_id=person)["state"] == "INVITED"
    assert gateway.authorise(session.token).status_code == 401
    assert ask(operator, own)["awaits_second_person"]


def test_an_unlinked_account_that_was_reset_and_is_linked_again_waits_for_two(gateway, superior):
    person, invitation, _ = superior
    operator = gateway.manager("operator")
    change(operator, invitation, employee_id=None)
    session = session_of(reset(gateway, ask(operator, invitation)["code"]))
    change(operator, invitation, employee_id=person)
    assert gateway.authorise(session.token).status_code == 401
    assert ask(operator, invitation)["awaits_second_person"]


def test_an_account_of_nobody_does_not_agree(gateway, superior):
    _, invitation, _ = superior
    operator = gateway.manager("operator")
    _, second = gateway.member(by=operator, employee_id=None, roles=["operator"])
    ask(operator, invitation)
    answer = gateway.inside(second.token).put(f"{codes(invitation)}/approval")
    assert code_of(answer) == "second_person_needed"
