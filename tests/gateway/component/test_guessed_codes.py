"""Whoever has the password, a reset code or an open session does not guess the six digits behind it."""

from __future__ import annotations

import pytest

from tests.gateway.builders import A_PASSWORD, ANOTHER_PASSWORD, API, code_of
from tests.gateway.component.test_lockout import somewhere
from tests.gateway.component.test_second_factor import FACTOR, Owner


@pytest.fixture
def owner(gateway, real_time):
    return Owner(gateway, real_time)


def statuses(send, times=12):
    return [send().status_code for _ in range(times)]


GUESSED = [401] * 11 + [429]


def wrong(owner):
    return "000000" if owner.code() != "000000" else "111111"


def test_codes_behind_a_password_are_counted_wherever_they_come_from(owner, gateway):
    def guess(code):
        body = {"username": owner.invitation["username"], "password": A_PASSWORD, "one_time_code": code}
        return gateway.anonymous.post(f"{API}/sessions", json=body, headers={"X-Real-IP": somewhere()})

    assert statuses(lambda: guess(wrong(owner))) == GUESSED
    assert code_of(guess(owner.recovery[0])) == "sign_in_throttled"
    owner.real_time.advance(minutes=1)
    assert guess(owner.code()).status_code == 201
    assert statuses(lambda: guess(wrong(owner))) == GUESSED


def test_codes_behind_a_reset_code_are_counted_with_them(owner, gateway):
    issued = gateway.manager().post(f"{API}/accounts/{owner.invitation['account_id']}/codes").get_json()

    def guess(code):
        body = {"code": issued["code"], "password": ANOTHER_PASSWORD, "one_time_code": code}
        return gateway.anonymous.post(f"{API}/password-resets", json=body, headers={"X-Real-IP": somewhere()})

    assert statuses(lambda: guess(wrong(owner))) == GUESSED
    assert owner.sign_in(owner.recovery[0]).status_code == 429
    owner.real_time.advance(minutes=1)
    assert guess(owner.code()).status_code == 201


def test_codes_in_an_open_session_are_counted(owner, gateway):
    me = gateway.inside(owner.session.token)
    body = {"password": A_PASSWORD, "one_time_code": wrong(owner)}
    assert 429 in statuses(lambda: me.post(FACTOR, json=body))
    owner.real_time.advance(minutes=16)
    assert me.post(FACTOR, json={**body, "one_time_code": owner.recovery[0]}).status_code == 201
    first = {"one_time_code": "000000"}
    assert statuses(lambda: me.post(f"{FACTOR}/confirmation", json=first)) == GUESSED
    assert owner.sign_in(owner.recovery[1]).status_code == 201


def test_who_sends_a_code_without_having_a_factor_is_not_counted(gateway):
    invitation, _ = gateway.member()
    body = {"username": invitation["username"], "password": A_PASSWORD, "one_time_code": "123456"}
    assert statuses(lambda: gateway.anonymous.post(f"{API}/sessions", json=body), 14) == [201] * 14
