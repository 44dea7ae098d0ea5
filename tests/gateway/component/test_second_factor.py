"""A second factor: begun with the password, confirmed with a first code, asked for at each sign-in, required by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import text

from gateway.crypto import Vault
from tests.gateway.builders import A_PASSWORD, ANOTHER_PASSWORD, API, code_of, session_of
from tests.gateway.component.test_officers import RULE

FACTOR = f"{API}/second-factor"


def code_at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


class Owner:
    """Somebody with a second factor."""

    def __init__(self, gateway, real_time, **row) -> None:
        self.gateway, self.real_time = gateway, real_time
        self.invitation, self.session = gateway.member(**row)
        me = gateway.inside(self.session.token)
        begun = me.post(FACTOR, json={"password": A_PASSWORD})
        assert begun.status_code == 201, begun.text
        self.secret = begun.get_json()["secret"]
        assert begun.get_json()["address"].startswith("otpauth://totp/Suar:")
        confirmed = me.post(f"{FACTOR}/confirmation", json={"one_time_code": self.code()})
        assert confirmed.status_code == 201, confirmed.text
        self.recovery = confirmed.get_json()["recovery_codes"]

    def code(self) -> str:
        return code_at(self.secret, self.real_time())

    def sign_in(self, code: str = "", password: str = A_PASSWORD):
        body = {"username": self.invitation["username"], "password": password, "one_time_code": code}
        return self.gateway.anonymous.post(f"{API}/sessions", json=body)


@pytest.fixture
def owner(gateway, real_time):
    return Owner(gateway, real_time)


def test_a_sign_in_needs_the_password_and_a_code_that_was_not_used(owner):
    missing, wrong = owner.sign_in(), owner.sign_in("000000" if owner.code() != "000000" else "111111")
    assert [code_of(one) for one in (missing, wrong)] == ["second_factor_needed"] * 2
    assert code_of(owner.sign_in(owner.code())) == "second_factor_needed"  # confirmed with it
    owner.real_time.advance(seconds=30)
    code = owner.code()
    assert owner.sign_in(f"{code[:3]} {code[3:]}").status_code == 201
    assert code_of(owner.sign_in(code)) == "second_factor_needed"
    assert code_of(owner.sign_in(code, "salah-sekali-bukan-ini")) == "credentials_refused"


def test_a_recovery_code_opens_one_sign_in(owner):
    assert len(set(owner.recovery)) == 10
    assert owner.sign_in(owner.recovery[0].lower()).status_code == 201
    assert code_of(owner.sign_in(owner.recovery[0])) == "second_factor_needed"
    assert owner.sign_in(owner.recovery[1]).status_code == 201


def test_an_open_session_alone_begins_no_factor_and_no_second_one(owner, gateway):
    me = gateway.inside(owner.session.token)
    assert me.get(f"{API}/me").get_json()["second_factor"] is True
    assert code_of(me.post(FACTOR, json={"password": "salah-sekali-bukan-ini"})) == "credentials_refused"
    assert code_of(me.post(FACTOR, json={"password": A_PASSWORD})) == "second_factor_needed"
    code = {"one_time_code": owner.code()}
    assert code_of(me.post(f"{FACTOR}/confirmation", json=code)) == "second_factor_not_begun"
    changed = me.post(FACTOR, json={"password": A_PASSWORD, "one_time_code": owner.recovery[2]})
    assert changed.status_code == 201
    owner.real_time.advance(seconds=60)
    assert owner.sign_in(owner.code()).status_code == 201  # the former one until the new one is confirmed


def test_a_reset_code_is_no_way_around_the_second_factor(owner, gateway):
    codes = f"{API}/accounts/{owner.invitation['account_id']}/codes"
    body = {"code": gateway.manager().post(codes).get_json()["code"], "password": ANOTHER_PASSWORD}
    refused = gateway.anonymous.post(f"{API}/password-resets", json=body)
    assert code_of(refused) == "second_factor_needed"
    owner.real_time.advance(seconds=30)
    done = gateway.anonymous.post(f"{API}/password-resets", json={**body, "one_time_code": owner.code()})
    assert done.status_code == 201


def test_a_manager_takes_a_lost_factor_off_and_the_owner_is_notified(owner, gateway):
    where = f"{API}/accounts/{owner.invitation['account_id']}/second-factor"
    assert code_of(gateway.inside(owner.session.token).delete(where)) == "forbidden"
    assert gateway.manager().delete(where).status_code == 204
    assert gateway.manager().delete(where).status_code == 404
    steps = [one["data"]["step"] for one in gateway.service.events(gateway.agency, "AccountCredentialsChanged")]
    assert steps == ["SECOND_FACTOR_REMOVED"]
    opened = session_of(owner.sign_in())
    notices = gateway.inside(opened.token).get(f"{API}/me").get_json()["notices"]
    assert notices[0]["action"] == "second_factor.removed"


def test_a_personnel_officer_takes_no_factor_off_an_officer(gateway, real_time):
    officer = Owner(gateway, real_time, by=gateway.manager("operator"), roles=["employee", "inspector"])
    where = f"{API}/accounts/{officer.invitation['account_id']}/second-factor"
    assert code_of(gateway.manager().delete(where)) == "account_protected"
    assert gateway.manager("operator").delete(where).status_code == 204


def test_a_role_that_the_rule_names_opens_nothing_without_a_second_factor(gateway, service, real_time):
    service.clock.freeze(datetime(2026, 2, 2, 3, tzinfo=UTC))
    operator = gateway.manager("operator")
    rule = {**RULE, "second_factor_roles": ["hr_officer", "operator"], "agency_id": gateway.agency}
    wrong = operator.post(f"{API}/sign-in-rules", json={**rule, "second_factor_roles": ["raja"]})
    assert wrong.get_json()["errors"][0]["code"] == "role_unknown"
    assert operator.post(f"{API}/sign-in-rules", json=rule).status_code == 201
    _, session = gateway.member(by=operator, roles=["employee", "hr_officer"])
    assert gateway.claims(session.token)["roles"] == ["employee"]
    assert gateway.inside(session.token).get(f"{API}/me").get_json()["lacks"] == ["SECOND_FACTOR"]
    officer = Owner(gateway, real_time, by=operator, roles=["employee", "hr_officer"])
    assert gateway.claims(officer.session.token)["roles"] == ["employee", "hr_officer"]


def test_neither_secret_nor_recovery_code_is_stored_as_it_is(owner, gateway, service):
    with service.work.transaction(gateway.agency) as tx:
        rows = str(tx.session.execute(text("SELECT *, encode(sealed, 'escape') FROM second_factor")).all())
    assert rows
    for secret in (owner.secret, *owner.recovery, *(one.replace("-", "") for one in owner.recovery)):
        assert secret not in rows


def test_a_further_sign_in_ends_the_oldest_of_too_many_sessions(gateway, service):
    service.clock.freeze(datetime(2026, 2, 2, 3, tzinfo=UTC))
    operator = gateway.manager("operator")
    rule = {**RULE, "most_sessions": 3, "agency_id": gateway.agency}
    assert operator.post(f"{API}/sign-in-rules", json=rule).status_code == 201
    invitation, first = gateway.member()
    others = [session_of(gateway.sign_in(invitation["username"])) for _ in range(3)]
    assert gateway.authorise(first.token).status_code == 401
    assert {gateway.authorise(one.token).status_code for one in others} == {200}


@pytest.mark.parametrize("door", ["sessions", "activations", "password-resets"])
def test_a_page_that_is_not_ours_signs_nobody_in(gateway, door):
    invitation, _ = gateway.member()
    body = {"password": A_PASSWORD}
    body |= {"username": invitation["username"]} if door == "sessions" else {"code": "7K2M-9QXA-4TZP"}
    ours = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "suar.example"}
    for foreign in ("https://evil.example", "null", "http://suar.example"):
        answer = gateway.anonymous.post(f"{API}/{door}", json=body, headers={**ours, "Origin": foreign})
        assert (answer.status_code, code_of(answer)) == (403, "origin_refused"), foreign
    own = gateway.anonymous.post(f"{API}/{door}", json=body, headers={**ours, "Origin": "https://suar.example"})
    assert own.status_code in {201, 422}


def test_a_phone_may_be_half_a_minute_off(owner):
    owner.real_time.advance(seconds=120)
    late = code_at(owner.secret, owner.real_time() - timedelta(seconds=30))
    early = code_at(owner.secret, owner.real_time() + timedelta(seconds=90))
    assert code_of(owner.sign_in(early)) == "second_factor_needed"
    assert owner.sign_in(late).status_code == 201


@pytest.fixture
def other_key(service, owner, tmp_path):
    """The key that sealed the owner's secret is gone."""
    services = service.app.extensions["suar_services"]
    (tmp_path / "key").write_bytes(b"another one")
    service.app.extensions["suar_services"] = replace(services, vault=Vault.from_file(tmp_path / "key"))
    yield owner
    service.app.extensions["suar_services"] = services


def test_with_a_new_key_recovery_codes_sign_in_and_begin_a_new_factor(other_key, gateway):
    me = gateway.inside(other_key.session.token)
    other_key.real_time.advance(seconds=60)
    assert code_of(other_key.sign_in(other_key.code())) == "second_factor_needed"
    assert other_key.sign_in(other_key.recovery[0]).status_code == 201
    begun = me.post(FACTOR, json={"password": A_PASSWORD, "one_time_code": other_key.recovery[1]})
    assert begun.status_code == 201, begun.text
    secret = begun.get_json()["secret"]
    first = {"one_time_code": code_at(secret, other_key.real_time())}
    assert me.post(f"{FACTOR}/confirmation", json=first).status_code == 201


def test_a_secret_that_was_begun_with_another_key_is_begun_again(gateway, service, tmp_path):
    _, session = gateway.member()
    me = gateway.inside(session.token)
    secret = me.post(FACTOR, json={"password": A_PASSWORD}).get_json()["secret"]
    services = service.app.extensions["suar_services"]
    (tmp_path / "key").write_bytes(b"another one")
    service.app.extensions["suar_services"] = replace(services, vault=Vault.from_file(tmp_path / "key"))
    try:
        answer = me.post(f"{FACTOR}/confirmation", json={"one_time_code": code_at(secret, services.now())})
    finally:
        service.app.extensions["suar_services"] = services
    assert code_of(answer) == "second_factor_not_begun"
