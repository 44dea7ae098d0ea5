from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from sqlalchemy import Select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from chassis.unit_of_work import Transaction
from gateway.domain.backoff import Attempted
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence import attempts
from tests.gateway.builders import A_PASSWORD, ANOTHER_PASSWORD, API, code_of, session_of


def test_an_activation_code_sets_the_password_and_opens_a_session(gateway):
    invitation, session = gateway.member(username="siti.a@contoh.go.id")
    me = gateway.inside(session.token).get(f"{API}/me").get_json()
    assert me["account_id"] == invitation["account_id"]
    assert me["agency_id"] == gateway.agency
    assert me["roles"] == ["employee"]
    assert me["csrf_token"] == session.csrf


def test_an_activation_code_works_once(gateway):
    invitation, _ = gateway.member()
    again = gateway.anonymous.post(
        f"{API}/activations", json={"code": invitation["activation_code"], "password": ANOTHER_PASSWORD}
    )
    assert again.status_code == 422
    assert code_of(again) == "one_time_code_refused"


def test_an_activation_code_is_read_however_it_is_typed(gateway):
    invitation = gateway.invite()
    typed = invitation["activation_code"].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    answer = gateway.anonymous.post(f"{API}/activations", json={"code": typed, "password": A_PASSWORD})
    assert answer.status_code == 201


def test_an_activation_code_ends_after_its_time(gateway, real_time):
    invitation = gateway.invite()
    real_time.advance(days=15)
    answer = gateway.anonymous.post(
        f"{API}/activations", json={"code": invitation["activation_code"], "password": A_PASSWORD}
    )
    assert code_of(answer) == "one_time_code_refused"


def test_a_refused_password_leaves_the_code_good_and_is_not_repeated(gateway):
    invitation = gateway.invite()
    answer = gateway.anonymous.post(
        f"{API}/activations", json={"code": invitation["activation_code"], "password": "rahasia"}
    )
    assert answer.status_code == 422
    assert code_of(answer) == "password_refused"
    assert {error["code"] for error in answer.get_json()["errors"]} >= {"too_short", "too_guessable"}
    assert "rahasia" not in str(answer.get_json()["errors"])
    gateway.activate(invitation)


def test_sign_in_gives_a_bearer_token_and_a_cookie_no_script_can_read(gateway):
    invitation, _ = gateway.member()
    answer = gateway.sign_in(f"  {invitation['username'].upper()} ")
    assert answer.status_code == 201
    session = session_of(answer)
    assert session.body["token_type"] == "Bearer"
    assert "HttpOnly" in session.cookie
    assert "SameSite=Strict" in session.cookie
    assert session.token in session.cookie
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_nip_signs_in_with_the_blanks_it_is_printed_with(gateway):
    gateway.member(username="199004172019032005")
    assert gateway.sign_in("19900417 201903 2 005").status_code == 201


def test_wrong_password_unknown_user_and_inactive_account_look_the_same(gateway):
    invitation, _ = gateway.member()
    waiting = gateway.invite()
    answers = [
        gateway.sign_in(invitation["username"], "salah-sekali-bukan-ini"),
        gateway.sign_in("tidak.ada@contoh.go.id"),
        gateway.sign_in(waiting["username"]),
    ]
    bodies = []
    for answer in answers:
        assert answer.status_code == 401
        body = answer.get_json()
        body.pop("request_id")
        bodies.append(body)
    assert bodies[0] == bodies[1] == bodies[2]


def test_an_unknown_user_costs_as_many_password_checks_as_a_known_one(gateway, service, monkeypatch):
    known, _ = gateway.member()
    passwords = service.app.extensions["suar_services"].passwords
    checked = []
    genuine = passwords._hasher.verify
    monkeypatch.setattr(
        type(passwords._hasher), "verify", lambda _self, stored, given: checked.append(stored) or genuine(stored, given)
    )
    for username in ("tidak.ada@contoh.go.id", known["username"]):
        checked.clear()
        assert gateway.sign_in(username, "salah-sekali-bukan-ini").status_code == 401
        assert len(checked) == 2


def test_failures_shut_the_account_for_longer_and_longer_and_success_forgives(gateway, real_time):
    invitation, _ = gateway.member()
    for _ in range(9):
        assert gateway.sign_in(invitation["username"], "salah-sekali-bukan-ini").status_code == 401
    shut = gateway.sign_in(invitation["username"])
    assert shut.status_code == 429
    assert code_of(shut) == "sign_in_throttled"
    assert 1 <= int(shut.headers["Retry-After"]) <= 15
    real_time.advance(seconds=16)
    assert gateway.sign_in(invitation["username"], "salah-sekali-bukan-ini").status_code == 401
    real_time.advance(seconds=16)
    assert gateway.sign_in(invitation["username"]).status_code == 429
    real_time.advance(seconds=16)
    assert gateway.sign_in(invitation["username"]).status_code == 201
    assert gateway.sign_in(invitation["username"], "salah-sekali-bukan-ini").status_code == 401
    assert gateway.sign_in(invitation["username"]).status_code == 201


def test_failures_against_many_accounts_shut_the_address_only(gateway):
    invitation, _ = gateway.member()
    statuses = [gateway.sign_in(f"orang{number}@contoh.go.id").status_code for number in range(63)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    gateway.anonymous.headers["X-Real-IP"] = "192.0.2.77"
    assert gateway.sign_in(invitation["username"]).status_code == 201


def test_failures_are_stored_so_a_restart_forgives_nobody(gateway, service):
    gateway.sign_in("lupa@contoh.go.id", "salah-sekali-bukan-ini")
    with service.work.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT key FROM attempt")).all()
    assert rows
    assert all(b"lupa" not in bytes(row.key) for row in rows)


def test_a_session_ends_when_unused_and_lives_on_when_used(gateway, real_time):
    _, session = gateway.member()
    real_time.advance(minutes=50)
    assert gateway.authorise(session.token).status_code == 200
    real_time.advance(minutes=50)
    assert gateway.authorise(session.token).status_code == 200
    real_time.advance(minutes=61)
    assert gateway.authorise(session.token).status_code == 401


def test_a_session_ends_after_twelve_hours_however_busy(gateway, real_time):
    _, session = gateway.member()
    for _ in range(14):
        real_time.advance(minutes=50)
        assert gateway.authorise(session.token).status_code == 200
    real_time.advance(minutes=50)
    assert gateway.authorise(session.token).status_code == 401


def test_turning_the_business_clock_prolongs_no_session(gateway, service, real_time, at):
    _, session = gateway.member()
    service.clock.turn(at(2020, 1, 1))
    real_time.advance(minutes=61)
    assert gateway.authorise(session.token).status_code == 401


def test_signing_out_ends_the_session_and_clears_the_cookie(gateway):
    _, session = gateway.member()
    answer = gateway.inside(session.token).delete(f"{API}/sessions/current")
    assert answer.status_code == 204
    assert "suar_session=;" in answer.headers["Set-Cookie"]
    assert gateway.authorise(session.token).status_code == 401


def test_own_sessions_are_listed_and_ended_one_by_one_or_all_but_this(gateway):
    invitation, first = gateway.member()
    second = session_of(gateway.sign_in(invitation["username"]))
    third = session_of(gateway.sign_in(invitation["username"]))
    me = gateway.inside(third.token)
    items = me.get(f"{API}/sessions").get_json()["items"]
    assert [item["current"] for item in items] == [True, False, False]
    assert me.delete(f"{API}/sessions/{second.body['session_id']}").status_code == 204
    assert gateway.authorise(second.token).status_code == 401
    assert me.delete(f"{API}/sessions/others").get_json() == {"ended": 1}
    assert gateway.authorise(first.token).status_code == 401
    assert gateway.authorise(third.token).status_code == 200


def test_nobody_ends_another_persons_session(gateway):
    _, mine = gateway.member()
    _, theirs = gateway.member()
    answer = gateway.inside(mine.token).delete(f"{API}/sessions/{theirs.body['session_id']}")
    assert answer.status_code == 404
    assert gateway.authorise(theirs.token).status_code == 200


def test_a_password_change_needs_the_old_one_and_ends_other_sessions(gateway):
    invitation, first = gateway.member()
    second = session_of(gateway.sign_in(invitation["username"]))
    me = gateway.inside(second.token)
    wrong = me.put(f"{API}/password", json={"old_password": "bukan-ini-juga-ya", "new_password": ANOTHER_PASSWORD})
    assert code_of(wrong) == "credentials_refused"
    same = me.put(f"{API}/password", json={"old_password": A_PASSWORD, "new_password": A_PASSWORD})
    assert same.get_json()["errors"][0]["code"] == "unchanged"
    right = me.put(f"{API}/password", json={"old_password": A_PASSWORD, "new_password": ANOTHER_PASSWORD})
    assert right.status_code == 204
    assert gateway.authorise(first.token).status_code == 401
    assert gateway.authorise(second.token).status_code == 200
    assert gateway.sign_in(invitation["username"]).status_code == 401
    assert gateway.sign_in(invitation["username"], ANOTHER_PASSWORD).status_code == 201


def test_a_forgotten_password_is_replaced_with_a_code_from_the_personnel_office(gateway):
    invitation, old = gateway.member()
    issued = gateway.manager().post(f"{API}/accounts/{invitation['account_id']}/codes")
    assert issued.status_code == 201
    assert issued.get_json()["purpose"] == "RESET"
    assert gateway.sign_in(invitation["username"]).status_code == 201
    reset = gateway.anonymous.post(
        f"{API}/password-resets", json={"code": issued.get_json()["code"], "password": ANOTHER_PASSWORD}
    )
    assert reset.status_code == 201
    assert gateway.authorise(old.token).status_code == 401
    assert gateway.sign_in(invitation["username"]).status_code == 401
    assert gateway.sign_in(invitation["username"], ANOTHER_PASSWORD).status_code == 201


def test_a_reset_code_does_not_activate_and_a_new_code_ends_the_older(gateway):
    invitation, _ = gateway.member()
    manager = gateway.manager()
    first = manager.post(f"{API}/accounts/{invitation['account_id']}/codes").get_json()["code"]
    second = manager.post(f"{API}/accounts/{invitation['account_id']}/codes").get_json()["code"]
    tries = [("activations", second), ("password-resets", first)]
    for where, code in tries:
        answer = gateway.anonymous.post(f"{API}/{where}", json={"code": code, "password": ANOTHER_PASSWORD})
        assert code_of(answer) == "one_time_code_refused", where
    last = gateway.anonymous.post(f"{API}/password-resets", json={"code": second, "password": ANOTHER_PASSWORD})
    assert last.status_code == 201


def test_neither_token_nor_code_nor_password_is_stored_as_it_is(gateway, service):
    invitation, session = gateway.member()
    waiting = gateway.invite()
    with service.work.database.engine.connect() as connection:
        connection.execute(text("SET app.agency_id = '-'"))
        dump = ""
        for table in ("live_token", "one_time_code", "audit", "attempt"):
            dump += str(connection.execute(text(f"SELECT * FROM {table}")).all())
        connection.execute(text(f"SET app.agency_id = '{gateway.agency}'"))
        dump += str(connection.execute(text("SELECT * FROM account")).all())
        connection.rollback()
    for secret in (session.token, A_PASSWORD, waiting["activation_code"], waiting["activation_code"].replace("-", "")):
        assert secret not in dump
    assert invitation["account_id"] in dump


def test_an_attempt_is_counted_while_a_success_elsewhere_forgets_the_name(gateway, service):
    database, now = service.work.database, datetime.now(UTC)
    tried = Attempted("siti.serentak@contoh.go.id", "192.0.2.7", is_known_address=True)

    def transaction(session):
        return Transaction(session, SYSTEM_TENANT, now, service.work.contracts)

    with database.session(SYSTEM_TENANT) as session:
        attempts.count_attempt(transaction(session), tried, now)
    interrupted = []

    def clear_meanwhile(statement, *values, **how):
        if isinstance(statement, Select):
            interrupted.append(statement)
            with contextlib.suppress(OperationalError), database.session(SYSTEM_TENANT) as other:
                other.execute(text("SET LOCAL lock_timeout = '200ms'"))
                attempts.clear_failures(transaction(other), tried)
        return Session.execute(session, statement, *values, **how)

    with database.session(SYSTEM_TENANT) as session:
        session.execute = clear_meanwhile
        assert attempts.count_attempt(transaction(session), tried, now) is None
    assert interrupted
