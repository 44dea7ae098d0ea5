"""Whoever guesses passwords waits; the owner, and whoever shares an address with them, does not."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import text

from gateway.domain.backoff import network_of
from tests.gateway.builders import A_PASSWORD, API, Gateway, code_of

WRONG = "salah-sekali-bukan-ini"
_numbers = itertools.count(1)


def somewhere() -> str:
    number = next(_numbers)
    return f"198.51.{number // 256}.{number % 256}"


def try_from(gateway: Gateway, address: str, username: str, password: str = WRONG, device: str = ""):
    headers = {"X-Real-IP": address, "X-Device-Cookie": device}
    body = {"username": username, "password": password}
    return gateway.anonymous.post(f"{API}/sessions", json=body, headers=headers)


def device_of(answer) -> str:
    name = "suar_device="
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(name))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    return cookie.removeprefix(name).partition(";")[0]


@pytest.fixture
def siti(gateway):
    """Her username, the note in her browser and her address."""
    invitation, _ = gateway.member()
    answer = gateway.sign_in(invitation["username"])
    return invitation["username"], device_of(answer), gateway.address


@pytest.fixture
def besieged(gateway, siti):
    """Sixty-four strangers guess until the name is shut for all who are not known."""
    strangers = [somewhere() for _ in range(64)]
    statuses = [try_from(gateway, one, siti[0]).status_code for one in strangers * 2]
    assert set(statuses) == {401, 429}
    assert code_of(try_from(gateway, somewhere(), siti[0], A_PASSWORD)) == "sign_in_throttled"
    return siti


def test_a_stranger_shuts_out_nobody_but_the_stranger(gateway, siti):
    username, _, _ = siti
    stranger = somewhere()
    assert [try_from(gateway, stranger, username).status_code for _ in range(10)] == [401] * 9 + [429]
    assert try_from(gateway, stranger, username, A_PASSWORD).status_code == 429
    assert try_from(gateway, somewhere(), username, A_PASSWORD).status_code == 201


def test_sixty_four_who_guess_do_not_keep_the_owner_out(gateway, besieged):
    username, device, address = besieged
    assert try_from(gateway, somewhere(), username, A_PASSWORD, device).status_code == 201
    assert try_from(gateway, address, username, A_PASSWORD).status_code == 201
    assert try_from(gateway, somewhere(), username, A_PASSWORD).status_code == 429


def test_an_address_that_is_shut_adds_nothing_to_a_name(gateway, siti):
    username, _, _ = siti
    shut = somewhere()
    for number in range(62):
        try_from(gateway, shut, f"orang{number}@contoh.go.id")
    for _ in range(12):
        assert try_from(gateway, shut, username).status_code == 429
    clean = somewhere()
    assert [try_from(gateway, clean, username).status_code for _ in range(8)] == [401] * 8
    assert try_from(gateway, clean, username, A_PASSWORD).status_code == 201


def test_who_is_known_signs_in_behind_an_address_that_somebody_else_has_shut(gateway, siti):
    username, device, _ = siti
    office = somewhere()
    for number in range(62):
        try_from(gateway, office, f"orang{number}@contoh.go.id")
    assert try_from(gateway, office, username, A_PASSWORD).status_code == 429
    assert try_from(gateway, office, username, A_PASSWORD, device).status_code == 201
    assert try_from(gateway, office, username, A_PASSWORD).status_code == 201


def test_a_known_device_guesses_no_longer_than_anybody(gateway, besieged):
    username, device, _ = besieged
    statuses = [try_from(gateway, somewhere(), username, device=device).status_code for _ in range(10)]
    assert statuses == [401] * 9 + [429]


def test_a_note_of_somebody_else_or_a_forged_one_is_worth_nothing(gateway, besieged, service):
    username, device, _ = besieged
    other, _ = gateway.member()
    foreign = device_of(gateway.sign_in(other["username"]))
    internal = service.token(gateway.person("employee"))
    for note in (foreign, device[:-8] + "AAAAAAAA", internal, "x~y~z", "~" * 50):
        assert try_from(gateway, somewhere(), username, A_PASSWORD, note).status_code == 429, note
    assert gateway.as_bearer(device.partition("~")[0]).get(f"{API}/me").status_code == 401


def test_a_shared_browser_keeps_a_note_for_each_of_a_few_people(gateway):
    people = [gateway.member()[0]["username"] for _ in range(6)]
    device = ""
    for username in people:
        device = device_of(try_from(gateway, gateway.address, username, A_PASSWORD, device))
    assert len(device.split("~")) == 4
    again = device_of(try_from(gateway, gateway.address, people[-1], A_PASSWORD, device))
    assert len(again.split("~")) == 4


def test_codes_are_redeemed_behind_an_address_that_guesses_passwords(gateway):
    invitation = gateway.invite()
    for number in range(62):
        gateway.sign_in(f"orang{number}@contoh.go.id")
    gateway.activate(invitation)


def test_an_ipv6_client_is_counted_with_the_whole_of_its_network():
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("local") == "local"


def test_no_name_address_or_device_is_stored_as_it_is(gateway, service, siti):
    username, device, address = siti
    try_from(gateway, address, username)
    try_from(gateway, address, username, device=device)
    with service.work.database.engine.connect() as connection:
        keys = [bytes(row.key) for row in connection.execute(text("SELECT key FROM attempt"))]
    assert {len(key) for key in keys} == {32}
