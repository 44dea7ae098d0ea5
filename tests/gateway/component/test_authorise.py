from __future__ import annotations

import time

import jwt
import pytest
from sqlalchemy import event

from chassis.auth import TokenVerifier
from gateway.crypto import SigningKey, make_keys
from tests.gateway.builders import A_PASSWORD, API, code_of, session_of

BROWSER = {"X-Origin-Check": "unsafe", "X-Own-Origin": "https://suar.example"}


def test_a_living_token_becomes_an_internal_token_that_services_verify(gateway, signing_key):
    invitation, session = gateway.member(roles=["employee", "unit_leader"])
    answer = gateway.authorise(session.token)
    assert answer.status_code == 200
    assert answer.data == b""
    caller = TokenVerifier.from_file(signing_key[1]).verify(answer.headers["X-Internal-Token"])
    assert str(caller.account_id) == invitation["account_id"] == answer.headers["X-Internal-Subject"]
    assert caller.roles == {"employee", "unit_leader"}
    assert caller.agency_id == gateway.agency
    claims = gateway.claims(session.token)
    assert 100 < claims["exp"] - time.time() <= 121
    assert claims["sid"] == session.body["session_id"]


def test_what_is_no_living_token_is_refused(gateway):
    _, session = gateway.member()
    for headers in (
        {},
        {"Authorization": "Bearer suar_s_guess"},
        {"Authorization": f"Basic {session.token}"},
        {"Authorization": f"Bearer {session.token}x"},
        {"Authorization": "Bearer "},
        {"X-Session-Cookie": "guess"},
    ):
        answer = (
            gateway.authorise()
            if not headers
            else gateway.service.app.test_client().get("/internal/authorise", headers=headers)
        )
        assert answer.status_code == 401, headers
        assert code_of(answer) == "session_refused"
        assert "X-Internal-Token" not in answer.headers


def test_authorising_is_one_query(gateway, service):
    _, session = gateway.member()
    gateway.authorise(session.token)
    tokens = service.app.extensions["suar_token_lookup"]
    statements = []
    note = lambda *args: statements.append(args[2])  # noqa: E731
    event.listen(tokens._engine, "before_cursor_execute", note)
    event.listen(service.work.database.engine, "before_cursor_execute", note)
    try:
        assert gateway.authorise(session.token).status_code == 200
    finally:
        event.remove(tokens._engine, "before_cursor_execute", note)
        event.remove(service.work.database.engine, "before_cursor_execute", note)
    assert len(statements) == 1
    with service.work.database.engine.connect() as connection:
        connection.exec_driver_sql("SET app.agency_id = '-'")
        connection.exec_driver_sql("SET enable_seqscan = off")
        plan = "\n".join(
            row[0] for row in connection.exec_driver_sql("EXPLAIN SELECT id FROM live_token WHERE digest = 'x'::bytea")
        )
        connection.rollback()
    assert "uq_live_token_digest" in plan


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        ({}, 403),
        ({"Origin": "https://jahat.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"X-CSRF-Token": "guess"}, 403),
        ({"Origin": "https://suar.example"}, 200),
        ({"X-CSRF-Token": "right"}, 200),
        ({"Origin": "https://jahat.example", "X-CSRF-Token": "right"}, 403),
    ],
)
def test_a_browsers_change_must_come_from_our_page(gateway, shown, status):
    _, session = gateway.member()
    headers = {**BROWSER, **shown, "X-Session-Cookie": session.token}
    if headers.get("X-CSRF-Token") == "right":
        headers["X-CSRF-Token"] = session.csrf
    answer = gateway.authorise(**headers)
    assert answer.status_code == status
    assert ("X-Internal-Token" in answer.headers) == (status == 200)
    if status == 403:
        assert code_of(answer) == "origin_refused"


def test_a_bearer_token_needs_no_csrf_proof_and_a_reading_browser_neither(gateway):
    _, session = gateway.member()
    assert gateway.authorise(session.token, **BROWSER).status_code == 200
    assert gateway.authorise(**{"X-Session-Cookie": session.token}).status_code == 200


def test_a_csrf_token_of_another_session_is_worth_nothing(gateway):
    invitation, first = gateway.member()
    second = session_of(gateway.sign_in(invitation["username"]))
    answer = gateway.authorise(**{**BROWSER, "X-Session-Cookie": first.token, "X-CSRF-Token": second.csrf})
    assert answer.status_code == 403


def test_a_due_password_leaves_only_the_way_to_change_it(gateway):
    operator = gateway.manager("operator")
    invitation, session = gateway.member(by=operator, roles=["employee", "hr_officer"])
    version = operator.get(f"{API}/accounts/{invitation['account_id']}").headers["ETag"]
    operator.patch(
        f"{API}/accounts/{invitation['account_id']}",
        json={"must_change_password": True},
        headers={"If-Match": version},
    )
    assert gateway.claims(session.token)["roles"] == ["must_change_password"]
    me = gateway.inside(session.token)
    assert me.get(f"{API}/accounts").status_code == 403
    assert me.get(f"{API}/me").get_json()["must_change_password"] is True
    changed = me.put(f"{API}/password", json={"old_password": A_PASSWORD, "new_password": "gerimis/pagi/rindu"})
    assert changed.status_code == 204
    assert gateway.claims(session.token)["roles"] == ["employee", "hr_officer"]


def test_a_rotated_key_signs_while_the_old_public_key_still_verifies(gateway, tmp_path):
    public = tmp_path / "public.pem"
    old = make_keys(tmp_path / "old.pem", public)
    before = SigningKey.from_file(tmp_path / "old.pem").sign({"sub": "x"})
    new = make_keys(tmp_path / "new.pem", public)
    assert old != new
    assert jwt.get_unverified_header(before)["kid"] == old
    assert len(TokenVerifier.from_file(public).keys) == 2
    assert (tmp_path / "old.pem").stat().st_mode & 0o077 == 0
