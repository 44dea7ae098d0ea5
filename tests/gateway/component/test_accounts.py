from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.gateway.builders import A_PASSWORD, API, an_account, code_of


def audit_of(service, agency, action):
    with service.work.database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT actor, object_id, detail FROM audit WHERE agency_id = :a AND action = :b ORDER BY position"),
            {"a": agency, "b": action},
        )
        return rows.all()


def test_a_batch_answers_each_row_and_a_repeat_creates_nothing_twice(gateway):
    good, other = an_account(), an_account(username="199211032024211017")
    rows = [good, other, an_account(username="bukan nip"), good]
    first = gateway.create(*rows).get_json()["items"]
    assert [item["outcome"] for item in first] == ["CREATED", "CREATED", "REFUSED", "REFUSED"]
    assert [item["code"] for item in first] == [None, None, "username_invalid", "username_repeated"]
    assert first[2]["expected"].startswith("NIP 18 angka")
    assert len({item["activation_code"] for item in first[:2]}) == 2
    again = gateway.create(good, other).get_json()["items"]
    assert [item["outcome"] for item in again] == ["EXISTS", "EXISTS"]
    assert [item["account_id"] for item in again] == [item["account_id"] for item in first[:2]]
    assert all(item["activation_code"] is None for item in again)


def test_an_employee_has_one_account(gateway):
    employee = str(uuid4())
    items = gateway.create(an_account(employee_id=employee), an_account(employee_id=employee)).get_json()["items"]
    assert [item["outcome"] for item in items] == ["CREATED", "REFUSED"]
    assert items[1]["code"] == "employee_has_account"


def test_the_answer_about_a_username_is_the_same_whoever_has_it_in_another_agency(gateway, person, service):
    taken = gateway.invite()
    agency = f"lain-{uuid4().hex[:8]}"
    elsewhere = gateway.as_bearer(service.token(person("hr_officer", agency_id=agency)))
    rows = [an_account(username=taken["username"]), an_account()]
    for row in rows:
        gateway.hire(row["employee_id"], agency)
    known, free = gateway.create(*rows, by=elsewhere).get_json()["items"]
    assert (known["outcome"], known["code"], known["expected"]) == (free["outcome"], free["code"], free["expected"])
    assert known["outcome"] == "CREATED"
    assert known["account_id"] != taken["account_id"]


def test_whose_account_it_is_moves_by_an_operator_only(gateway):
    employee, another = str(uuid4()), str(uuid4())
    invitation, session = gateway.member(employee_id=employee)
    manager, operator = gateway.manager(), gateway.manager("operator")
    where = f"{API}/accounts/{invitation['account_id']}"
    for target in (None, another):
        refused = manager.patch(where, json={"employee_id": target}, headers={"If-Match": "*"})
        assert (refused.status_code, code_of(refused)) == (403, "link_fixed")
    unknown = operator.patch(where, json={"employee_id": another}, headers={"If-Match": "*"})
    assert (unknown.status_code, unknown.get_json()["errors"][0]["code"]) == (422, "employee_unknown")
    gateway.hire(another)
    assert operator.patch(where, json={"employee_id": another}, headers={"If-Match": "*"}).status_code == 200
    assert gateway.claims(session.token)["employee"] == another
    notices = gateway.inside(session.token).get(f"{API}/me").get_json()["notices"]
    assert "mengubah pegawai yang terkait" in notices[0]["sentence"]


def test_a_personnel_officer_cannot_make_an_operator_and_an_operator_can(gateway):
    refused = gateway.create(an_account(roles=["operator"]))
    assert refused.status_code == 403
    assert code_of(refused) == "role_not_grantable"
    made = gateway.create(an_account(roles=["operator"]), by=gateway.manager("operator"))
    assert made.get_json()["items"][0]["outcome"] == "CREATED"


@pytest.mark.parametrize("role", ["subscriber", "must_change_password", "raja"])
def test_a_person_gets_only_roles_of_persons(gateway, role):
    answer = gateway.create(an_account(roles=["employee", role]), by=gateway.manager("operator"))
    assert answer.status_code == 422
    error = answer.get_json()["errors"][0]
    assert (error["field"], error["code"], error["value"]) == ("accounts.0.roles", "role_unknown", role)


def test_an_operator_reaches_every_agency_and_a_personnel_officer_their_own(gateway, person, service):
    operator = gateway.manager("operator", agency_id="suar")
    made = gateway.invite(by=operator, agency_id=gateway.agency)
    assert gateway.activate(made).body["account"]["agency_id"] == gateway.agency
    assert operator.get(f"{API}/accounts/{made['account_id']}").status_code == 200
    assert len(operator.get(f"{API}/accounts?agency_id={gateway.agency}").get_json()["items"]) == 1
    elsewhere = gateway.as_bearer(service.token(person("hr_officer", agency_id="instansi-lain")))
    assert elsewhere.get(f"{API}/accounts/{made['account_id']}").status_code == 404
    assert elsewhere.get(f"{API}/accounts?agency_id={gateway.agency}").status_code == 403
    assert gateway.create(an_account(), by=elsewhere, agency_id=gateway.agency).status_code == 403
    assert elsewhere.delete(f"{API}/accounts/{made['account_id']}").status_code == 404
    assert elsewhere.post(f"{API}/accounts/{made['account_id']}/codes").status_code == 404


@pytest.mark.parametrize("role", ["employee", "unit_leader", "inspector", "wellbeing_officer", "subscriber"])
def test_nobody_else_manages_accounts(gateway, person, service, role):
    caller = gateway.as_bearer(service.token(person(role)))
    account = uuid4()
    calls = [
        caller.get(f"{API}/accounts"),
        caller.get(f"{API}/accounts/{account}"),
        caller.post(f"{API}/accounts/batch", json={"accounts": [an_account()]}),
        caller.patch(f"{API}/accounts/{account}", json={}),
        caller.delete(f"{API}/accounts/{account}"),
        caller.post(f"{API}/accounts/{account}/codes"),
        caller.post(f"{API}/clients", json={"name": "x"}),
        caller.get(f"{API}/clients"),
        caller.put(f"{API}/clock", json={"now": "2026-01-02T00:00:00Z"}),
    ]
    assert {answer.status_code for answer in calls} == {403}


def test_a_role_change_is_audited_and_open_sessions_follow_at_once(gateway, service):
    invitation, session = gateway.member()
    manager = gateway.manager("operator")
    where = f"{API}/accounts/{invitation['account_id']}"
    version = manager.get(where).headers["ETag"]
    assert manager.patch(where, json={"roles": ["employee", "inspector"]}).status_code == 428
    changed = manager.patch(where, json={"roles": ["employee", "inspector"]}, headers={"If-Match": version})
    assert changed.status_code == 200
    assert changed.get_json()["roles"] == ["employee", "inspector"]
    stale = manager.patch(where, json={"roles": ["employee"]}, headers={"If-Match": version})
    assert stale.status_code == 412
    assert gateway.claims(session.token)["roles"] == ["employee", "inspector"]
    row = audit_of(service, gateway.agency, "account.roles_changed")[0]
    assert row.object_id == invitation["account_id"]
    assert row.detail == {"before": ["employee"], "after": ["employee", "inspector"]}


def test_nobody_changes_their_own_rights(gateway):
    invitation, session = gateway.member(by=gateway.manager("operator"), roles=["employee", "hr_officer"])
    me = gateway.inside(session.token)
    where = f"{API}/accounts/{invitation['account_id']}"
    for change in (
        {"roles": ["employee", "hr_officer", "inspector"]},
        {"employee_id": str(uuid4())},
        {"unit_id": str(uuid4())},
        {"disabled": True},
    ):
        answer = me.patch(where, json=change, headers={"If-Match": "*"})
        assert answer.status_code == 403, change
        assert code_of(answer) == "own_roles_fixed"
    assert code_of(me.post(f"{where}/codes")) == "own_code_refused"
    assert me.delete(where).status_code == 403


PROTECTED = ["operator", "hr_officer", "inspector", "wellbeing_officer"]


@pytest.mark.parametrize("role", PROTECTED)
def test_a_personnel_officer_takes_over_no_account_with_a_role_that_is_not_theirs_to_give(gateway, role):
    operator = gateway.manager("operator")
    held = gateway.invite(by=operator, roles=["employee", role])
    manager = gateway.manager()
    where = f"{API}/accounts/{held['account_id']}"
    for body in ({"name": "X"}, {"roles": ["employee"]}, {"disabled": True}, {"disabled": False}):
        assert code_of(manager.patch(where, json=body, headers={"If-Match": "*"})) == "account_protected", body
    refused = [manager.post(f"{where}/codes"), manager.delete(where)]
    assert [code_of(answer) for answer in refused] == ["account_protected"] * 2
    assert "Operator sistem" in refused[0].get_json()["detail"]
    assert operator.post(f"{where}/codes").status_code == 201
    assert operator.patch(where, json={"disabled": True}, headers={"If-Match": "*"}).status_code == 200
    assert operator.delete(where).status_code == 204


@pytest.mark.parametrize("role", PROTECTED)
def test_a_personnel_officer_gives_nobody_such_a_role(gateway, role):
    made = gateway.create(an_account(roles=["employee", role]))
    plain = gateway.invite()
    where = f"{API}/accounts/{plain['account_id']}"
    changed = gateway.manager().patch(where, json={"roles": ["employee", role]}, headers={"If-Match": "*"})
    assert [code_of(made), code_of(changed)] == ["role_not_grantable"] * 2
    assert made.get_json()["detail"].endswith("oleh Operator sistem. Mintalah kepadanya.")


def test_a_code_from_before_a_new_role_opens_nothing(gateway):
    invitation = gateway.invite()
    where = f"{API}/accounts/{invitation['account_id']}"
    operator = gateway.manager("operator")
    operator.patch(where, json={"roles": ["employee", "inspector"]}, headers={"If-Match": "*"})
    old = {"code": invitation["activation_code"], "password": A_PASSWORD}
    assert code_of(gateway.anonymous.post(f"{API}/activations", json=old)) == "one_time_code_refused"
    new = {"activation_code": operator.post(f"{where}/codes").get_json()["code"]}
    assert gateway.activate(new).body["account"]["roles"] == ["employee", "inspector"]


def test_the_owner_is_shown_what_others_did_to_the_account(gateway, person, service):
    officer = gateway.invite(by=gateway.manager("operator"), name="Petugas Satu", roles=["hr_officer"])
    hr = gateway.inside(gateway.activate(officer).token)
    invitation, session = gateway.member()
    where = f"{API}/accounts/{invitation['account_id']}"
    me = gateway.inside(session.token)
    assert me.get(f"{API}/me").get_json()["notices"] == []
    hr.get(where)
    hr.post(f"{where}/codes")
    elsewhere = gateway.as_bearer(service.token(person("operator", agency_id="suar")))
    elsewhere.patch(where, json={"roles": ["employee", "inspector"]}, headers={"If-Match": "*"})
    notices = me.get(f"{API}/me").get_json()["notices"]
    assert [(one["action"], one["sentence"]) for one in notices] == [
        ("account.roles_changed", "Operator sistem mengubah peran akun Anda."),
        ("account.code_issued", "Petugas Satu membuat kode baru untuk mengganti kata sandi akun Anda."),
    ]
    assert hr.get(f"{API}/me").get_json()["notices"] == []


def test_a_disabled_account_is_out_at_once_and_comes_back_when_enabled(gateway):
    invitation, session = gateway.member()
    manager = gateway.manager()
    where = f"{API}/accounts/{invitation['account_id']}"
    answer = manager.patch(where, json={"disabled": True}, headers={"If-Match": "*"})
    assert answer.get_json()["state"] == "DISABLED"
    assert gateway.authorise(session.token).status_code == 401
    assert code_of(gateway.sign_in(invitation["username"])) == "account_disabled"
    assert code_of(gateway.sign_in(invitation["username"], "salah-sekali-bukan-ini")) == "credentials_refused"
    manager.patch(where, json={"disabled": False}, headers={"If-Match": "*"})
    assert gateway.sign_in(invitation["username"]).status_code == 201


def test_a_closed_account_frees_its_username_for_the_next_agency(gateway, person, service):
    invitation, session = gateway.member(employee_id=str(uuid4()))
    manager = gateway.manager()
    where = f"{API}/accounts/{invitation['account_id']}"
    assert manager.delete(where).status_code == 204
    assert manager.delete(where).status_code == 204
    assert gateway.authorise(session.token).status_code == 401
    assert gateway.sign_in(invitation["username"]).status_code == 401
    assert manager.get(where).get_json()["state"] == "CLOSED"
    assert code_of(manager.patch(where, json={"disabled": False}, headers={"If-Match": "*"})) == "account_closed"
    elsewhere = gateway.as_bearer(service.token(person("hr_officer", agency_id=f"{gateway.agency}-b")))
    row = an_account(username=invitation["username"])
    gateway.hire(row["employee_id"], f"{gateway.agency}-b")
    item = gateway.create(row, by=elsewhere).get_json()["items"][0]
    assert item["outcome"] == "CREATED"


def test_accounts_are_listed_in_pages_and_found_by_name(gateway):
    names = [gateway.invite()["username"] for _ in range(5)]
    manager = gateway.manager()
    seen, cursor = [], None
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        body = manager.get(f"{API}/accounts", query_string=query).get_json()
        seen += [item["username"] for item in body["items"]]
        cursor = body["next_cursor"]
        if cursor is None:
            break
    assert seen == names
    found = manager.get(f"{API}/accounts", query_string={"username": names[3].upper()}).get_json()["items"]
    assert [item["username"] for item in found] == [names[3]]
    assert manager.get(f"{API}/accounts", query_string={"cursor": "eyJhIjoxfQ"}).status_code == 422


def test_reading_accounts_leaves_a_trace(gateway, service):
    invitation = gateway.invite()
    gateway.manager().get(f"{API}/accounts/{invitation['account_id']}")
    assert audit_of(service, gateway.agency, "account.read")[0].object_id == invitation["account_id"]


def test_the_database_itself_hides_accounts_of_other_agencies(gateway, service):
    gateway.invite()
    with service.work.transaction("instansi-lain") as tx:
        for table in ("account", "login", "one_time_code", "live_token"):
            rows = tx.session.execute(text(f"SELECT 1 FROM {table} WHERE agency_id = :a"), {"a": gateway.agency}).all()
            assert rows == [], table
    with service.work.transaction("-") as tx:
        assert tx.session.execute(text("SELECT 1 FROM account")).all() == []


def test_the_first_operator_is_created_once(service, monkeypatch, identity_environment, signing_key, capsys, gateway):
    from gateway.cli import main
    from tests.gateway.conftest import environment_of

    for name, value in environment_of(service, identity_environment, signing_key).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OPERATOR_PASSWORD", A_PASSWORD)
    command = ["bootstrap-operator", "--username", f"op.{gateway.agency}@contoh.go.id"]
    main(command)
    assert "created" in capsys.readouterr().out
    main(command)
    assert "exists already" in capsys.readouterr().out
    answer = gateway.sign_in(command[-1])
    assert answer.get_json()["account"]["roles"] == ["operator"]
    monkeypatch.setenv("OPERATOR_PASSWORD", "pendek")
    with pytest.raises(SystemExit, match="sedikitnya 12 karakter"):
        main([*command[:2], "lain@contoh.go.id"])
