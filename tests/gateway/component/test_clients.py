from __future__ import annotations

from uuid import uuid4

from tests.gateway.builders import API, code_of


def a_client(gateway, by=None):
    answer = (by or gateway.manager()).post(f"{API}/clients", json={"name": "SIASN instansi"})
    assert answer.status_code == 201, answer.get_json()
    body = answer.get_json()
    return body["client"]["client_id"], body["client_secret"]


def ask(gateway, client_id, secret, grant="client_credentials"):
    form = {"grant_type": grant, "client_id": client_id, "client_secret": secret}
    return gateway.anonymous.post(f"{API}/tokens", data=form)


def test_a_client_gets_a_token_for_its_id_and_secret(gateway):
    client_id, secret = a_client(gateway)
    answer = ask(gateway, client_id, secret)
    assert answer.status_code == 200
    assert answer.get_json()["token_type"] == "Bearer"
    assert answer.get_json()["expires_in"] == 3600
    claims = gateway.claims(answer.get_json()["access_token"])
    assert claims["sub"] == client_id
    assert (claims["kind"], claims["roles"], claims["agency"]) == ("client", ["subscriber"], gateway.agency)
    me = gateway.inside(answer.get_json()["access_token"]).get(f"{API}/me").get_json()
    assert (me["kind"], me["name"], me["csrf_token"]) == ("client", "SIASN instansi", None)


def test_a_client_token_ends_after_its_time(gateway, real_time):
    token = ask(gateway, *a_client(gateway)).get_json()["access_token"]
    real_time.advance(minutes=59)
    assert gateway.authorise(token).status_code == 200
    real_time.advance(minutes=2)
    assert gateway.authorise(token).status_code == 401


def test_wrong_secret_and_unknown_client_look_the_same(gateway):
    client_id, _ = a_client(gateway)
    answers = [ask(gateway, client_id, "suar_k_salah"), ask(gateway, str(uuid4()), "suar_k_salah")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert {code_of(answer) for answer in answers} == {"client_credentials_refused"}


def test_another_grant_type_and_json_are_refused_with_what_would_be_right(gateway):
    client_id, secret = a_client(gateway)
    wrong = ask(gateway, client_id, secret, grant="password")
    assert wrong.status_code == 422
    assert wrong.get_json()["errors"][0]["field"] == "grant_type"
    as_json = gateway.anonymous.post(f"{API}/tokens", json={"client_id": client_id})
    assert as_json.status_code in {415, 422}


def test_a_rotated_secret_may_overlap_with_the_old_one(gateway, real_time):
    client_id, old = a_client(gateway)
    answer = gateway.manager().post(f"{API}/clients/{client_id}/secret", json={"keep_old_hours": 2})
    assert answer.status_code == 201
    new = answer.get_json()["client_secret"]
    assert ask(gateway, client_id, old).status_code == 200
    assert ask(gateway, client_id, new).status_code == 200
    real_time.advance(hours=2, minutes=1)
    assert ask(gateway, client_id, old).status_code == 401
    assert ask(gateway, client_id, new).status_code == 200


def test_a_secret_rotated_at_once_ends_the_tokens_of_the_old_one(gateway):
    client_id, old = a_client(gateway)
    token = ask(gateway, client_id, old).get_json()["access_token"]
    gateway.manager().post(f"{API}/clients/{client_id}/secret", json={})
    assert ask(gateway, client_id, old).status_code == 401
    assert gateway.authorise(token).status_code == 401


def test_a_revoked_client_is_out_at_once(gateway):
    client_id, secret = a_client(gateway)
    token = ask(gateway, client_id, secret).get_json()["access_token"]
    manager = gateway.manager()
    assert manager.delete(f"{API}/clients/{client_id}").status_code == 204
    assert gateway.authorise(token).status_code == 401
    assert ask(gateway, client_id, secret).status_code == 401
    assert manager.get(f"{API}/clients").get_json()["items"][0]["state"] == "REVOKED"
    assert manager.delete(f"{API}/clients/{client_id}").status_code == 204


def test_clients_belong_to_their_agency(gateway, person, service):
    client_id, _ = a_client(gateway)
    elsewhere = gateway.as_bearer(service.token(person("hr_officer", agency_id="instansi-lain")))
    assert elsewhere.delete(f"{API}/clients/{client_id}").status_code == 404
    assert elsewhere.post(f"{API}/clients/{client_id}/secret", json={}).status_code == 404
    assert client_id not in str(elsewhere.get(f"{API}/clients").get_json())
    operator = gateway.manager("operator", agency_id="suar")
    assert operator.post(f"{API}/clients/{client_id}/secret", json={}).status_code == 201
    assert operator.delete(f"{API}/clients/{client_id}").status_code == 204


def test_a_client_gets_no_role_of_a_person(gateway):
    answer = gateway.manager("operator").post(f"{API}/clients", json={"name": "x", "roles": ["hr_officer"]})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["expected"] == "subscriber"
