from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import jwt
import pytest

from chassis.auth import TokenVerifier
from chassis.waiting import wait_for
from suar_edge.configuration import Limits, Rate
from tests.gateway.backends import ServedApp
from tests.gateway.builders import A_PASSWORD, API
from tests.gateway.edge.conftest import bearer

PEOPLE = "/api/v1/personnel/people"
AUTHORISE = "/internal/authorise"


def test_a_service_gets_the_internal_token_and_never_the_opaque_one(edge, token, signing_key):
    seen = edge.get(PEOPLE, headers=bearer(token)).json()["headers"]
    kind, _, internal = seen["authorization"].partition(" ")
    assert kind == "Bearer"
    assert TokenVerifier.from_file(signing_key[1]).verify(internal).roles == {"employee"}
    assert token not in str(seen)


def test_a_cookie_works_like_a_token_and_stays_at_the_edge(edge, token):
    seen = edge.get(PEOPLE, headers={"Cookie": f"other=1; suar_session={token}"}).json()["headers"]
    assert seen["authorization"].startswith("Bearer ey")
    assert "cookie" not in seen


def test_behind_tls_only_a_cookie_that_no_other_host_can_set_is_a_session(fresh_edge, identity, personnel, token):
    upstreams = {"identity": [identity.address], "personnel": [personnel.address]}
    behind = fresh_edge(upstreams, trusted_proxies=("127.0.0.1",))
    tls = {"X-Forwarded-Proto": "https"}
    planted = behind.get(PEOPLE, headers={**tls, "Cookie": f"suar_session={token}"})
    assert "authorization" not in planted.json()["headers"]
    own = behind.get(PEOPLE, headers={**tls, "Cookie": f"suar_session=x; __Host-suar_session={token}"})
    assert own.json()["headers"]["authorization"].startswith("Bearer ey")
    in_the_clear = behind.get(PEOPLE, headers={"Cookie": f"__Host-suar_session={token}"})
    assert "authorization" not in in_the_clear.json()["headers"]


def test_sign_in_sees_which_browser_it_is_and_no_other_route_does(edge, gateway, token):
    invitation, _ = gateway.member()
    body = {"username": invitation["username"], "password": A_PASSWORD}

    def device(**headers):
        answer = httpx.post(f"{edge.base}{API}/sessions", json=body, headers=headers)
        return answer.cookies["suar_device"]

    first = device(**{"X-Device-Cookie": "forged"})
    assert device_in(device(Cookie=f"suar_device={first}")) == device_in(first)
    assert device_in(device()) != device_in(first)
    seen = edge.get(PEOPLE, headers={**bearer(token), "Cookie": f"suar_device={first}"}).json()["headers"]
    assert "x-device-cookie" not in seen


def device_in(cookie):
    return jwt.decode(cookie, options={"verify_signature": False})["device"]


def test_the_bearer_token_wins_over_a_cookie(edge, token):
    answer = edge.get(PEOPLE, headers={**bearer(token), "Cookie": "suar_session=stale"})
    assert answer.status_code == 200


def test_what_clients_must_not_say_never_arrives(edge, token):
    forged = {
        "X-Internal-Token": "forged",
        "X-Internal-Anything": "forged",
        "X-Real-IP": "6.6.6.6",
        "X-Forwarded-For": "6.6.6.6",
        "X-Session-Cookie": "forged",
        "X_Internal_Token": "forged",
        "Connection": "X-Request-Id",
    }
    for headers in (forged, {**forged, **bearer(token)}):
        seen = edge.get(PEOPLE, headers=headers).json()["headers"]
        assert "forged" not in str(seen)
        assert "6.6.6.6" not in str(seen)
        assert seen["x-real-ip"] == "127.0.0.1"


def test_an_internal_token_is_no_credential_outside(edge, gateway, token):
    internal = gateway.authorise(token).headers["X-Internal-Token"]
    assert edge.get(PEOPLE, headers=bearer(internal)).status_code == 401


def test_without_a_credential_the_service_decides(edge, identity):
    before = identity.count(AUTHORISE)
    answer = edge.get(PEOPLE)
    assert answer.status_code == 200
    assert "authorization" not in answer.json()["headers"]
    assert identity.count(AUTHORISE) == before
    assert edge.get(f"{API}/me").json()["code"] == "unauthenticated"


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer guess"},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": "Bearer"},
        {"Cookie": "suar_session=guess"},
    ],
)
def test_a_credential_that_is_none_is_refused_in_the_common_shape(edge, personnel, headers):
    before = len(personnel.seen)
    answer = edge.get(PEOPLE, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    body = answer.json()
    assert body["code"] == "edge_credential_refused"
    assert body["request_id"] == answer.headers["X-Request-Id"]
    assert "masuk kembali" in body["detail"]
    assert len(personnel.seen) == before


def test_a_stale_cookie_does_not_keep_anybody_from_signing_in(edge, gateway):
    invitation, _ = gateway.member()
    stale = {"Cookie": "suar_session=stale", "Authorization": "Bearer stale"}
    body = {"username": invitation["username"], "password": A_PASSWORD}
    answer = edge.post(f"{API}/sessions", json=body, headers=stale)
    assert answer.status_code == 201
    assert edge.get(PEOPLE, headers=bearer(answer.json()["token"])).status_code == 200
    assert edge.get(f"{API}/sessions", headers=stale).status_code == 401


def test_identity_is_asked_once_for_many_requests(fresh_edge, identity, personnel, token):
    edge = fresh_edge({"identity": [identity.address], "personnel": [personnel.address]})
    before = identity.count(AUTHORISE)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: edge.get(PEOPLE, headers=bearer(token)).status_code, range(80)))
    assert set(answers) == {200}
    assert identity.count(AUTHORISE) - before == 1


def test_two_tokens_never_share_an_answer(edge, gateway):
    (_, first), (_, second) = gateway.member(), gateway.member()
    tokens = [first.token, second.token] * 10
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda one: edge.get(f"{API}/me", headers=bearer(one)).json()["account_id"], tokens))
    assert names == [first.body["account"]["account_id"], second.body["account"]["account_id"]] * 10


def test_a_revoked_token_dies_within_the_cache_time(edge, gateway, token):
    assert edge.get(PEOPLE, headers=bearer(token)).status_code == 200
    assert edge.delete(f"{API}/sessions/current", headers=bearer(token)).status_code == 204
    revoked = time.monotonic()
    wait_for("it is refused", lambda: edge.get(PEOPLE, headers=bearer(token)).status_code == 401)
    assert time.monotonic() - revoked < 5


def test_a_browsers_change_needs_our_origin_or_the_csrf_token(edge, gateway):
    _, session = gateway.member()
    cookie = {"Cookie": f"suar_session={session.token}"}
    assert edge.get(PEOPLE, headers=cookie).status_code == 200
    refused = edge.post(PEOPLE, headers=cookie)
    assert refused.status_code == 403
    assert refused.json()["code"] == "edge_origin_refused"
    assert edge.post(PEOPLE, headers={**cookie, "Origin": "https://jahat.example"}).status_code == 403
    assert edge.post(PEOPLE, headers={**cookie, "Origin": edge.base}).status_code == 200
    assert edge.post(PEOPLE, headers={**cookie, "X-CSRF-Token": session.csrf}).status_code == 200
    assert edge.post(PEOPLE, headers={**cookie, "Origin": "https://jahat.example"}).status_code == 403
    assert edge.delete(PEOPLE, headers=cookie).status_code == 403
    assert edge.post(PEOPLE, headers=bearer(session.token)).status_code == 200


def test_a_forged_origin_does_not_ride_on_a_good_answer_in_the_cache(edge, gateway):
    _, session = gateway.member()
    cookie = {"Cookie": f"suar_session={session.token}"}
    for _ in range(5):
        assert edge.post(PEOPLE, headers={**cookie, "Origin": edge.base}).status_code == 200
        forged = {**cookie, "Origin": edge.base, "Host": "jahat.example"}
        assert edge.post(PEOPLE, headers=forged).status_code == 403
        assert edge.post(PEOPLE, headers={**cookie, "Origin": "https://jahat.example"}).status_code == 403


def test_a_service_that_refuses_is_not_spoken_over(edge, token):
    for status in (401, 403, 404, 409, 422, 429, 500, 502, 503):
        answer = edge.get(f"/api/v1/personnel/status/{status}", headers=bearer(token))
        assert answer.status_code == status
        assert answer.json()["by"] == "personnel"


def test_without_identity_new_callers_wait_and_known_ones_go_on(fresh_edge, service, personnel, gateway, token):
    identity = ServedApp(service.app)
    edge = fresh_edge({"identity": [identity.address], "personnel": [personnel.address]}, authorisation_seconds=1)
    _, other = gateway.member()
    assert edge.get(PEOPLE, headers=bearer(token)).status_code == 200
    identity.stop()
    started = time.monotonic()
    while time.monotonic() - started < 2:
        assert edge.get(PEOPLE, headers=bearer(token)).status_code == 200
    refused = edge.get(PEOPLE, headers=bearer(other.token))
    assert refused.status_code == 503
    assert refused.json()["code"] == "edge_not_ready"
    assert int(refused.headers["Retry-After"]) > 0
    identity.start()
    wait_for("identity is back", lambda: edge.get(PEOPLE, headers=bearer(other.token)).status_code == 200)
    identity.stop()


def test_sign_in_is_limited_by_address_however_the_address_is_written(fresh_edge, identity, personnel):
    limits = Limits(sign_in=Rate("1r/m", 1), anonymous=Rate("1000r/s", 1000), credentials=Rate("1000r/s", 1000))
    edge = fresh_edge({"identity": [identity.address], "personnel": [personnel.address]}, limits=limits)
    body = {"username": "tidak.ada@contoh.go.id", "password": "x"}
    assert [edge.post(f"{API}/sessions", json=body).status_code for _ in range(2)] == [401, 401]
    for path in (
        f"{API}/sessions",
        f"{API}/%73essions",
        "/api//v1/identity/sessions",
        f"{API}/x/../sessions",
        f"{API}/tokens",
    ):
        answer = raw_post(edge, path)
        assert answer.status_code == 429, path
        assert answer.json()["code"] == "edge_too_many_requests"
        assert "Retry-After" in answer.headers
    assert edge.get(PEOPLE).status_code == 200


def raw_post(edge, path):
    """A POST whose path is sent as it is written."""
    import http.client

    host = edge.base.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("POST", path, body=b"{}", headers={"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return httpx.Response(answer.status, headers=dict(answer.getheaders()), content=content)


def test_one_token_is_limited_without_harm_to_others(fresh_edge, identity, personnel, gateway, token):
    roomy = Rate("1000r/s", 1000)
    limits = Limits(sign_in=roomy, anonymous=roomy, credentials=Rate("1r/s", 4))
    edge = fresh_edge({"identity": [identity.address], "personnel": [personnel.address]}, limits=limits)
    _, other = gateway.member()
    statuses = [edge.get(PEOPLE, headers=bearer(token)).status_code for _ in range(8)]
    assert statuses[:5] == [200] * 5
    assert 429 in statuses
    assert edge.get(PEOPLE, headers=bearer(other.token)).status_code == 200


def test_whoever_verifies_a_document_needs_no_credential_and_a_stale_one_does_no_harm(fresh_edge, identity, personnel):
    edge = fresh_edge({"identity": [identity.address], "appraisal": [personnel.address]})
    address = "/api/v1/appraisal/documents/K7QX3M9RTV2WZP4NHB6CJD8FGA"
    stale = {"Cookie": "suar_session=stale"}
    assert edge.get(address).status_code == 200
    seen = edge.get(address, headers=stale).json()["headers"]
    assert not {"cookie", "authorization"} & set(seen)
    for other in ("/api/v1/appraisal/plans/1/document", f"{address}/x"):
        assert edge.get(other, headers=stale).status_code == 401


def test_whoever_tries_codes_of_documents_is_slowed_down_like_at_sign_in(fresh_edge, identity, personnel):
    edge = fresh_edge(
        {"identity": [identity.address], "appraisal": [personnel.address]}, limits=Limits(sign_in=Rate("1r/s", 2))
    )
    answers = [edge.get(f"/api/v1/appraisal/documents/{number}").status_code for number in range(6)]
    assert answers.count(429) >= 2


def test_what_services_ask_one_another_is_not_reached_from_outside(edge, token):
    address = "/internal/personnel/employees/paper-names?ids=00000000-0000-0000-0000-000000000001"
    assert edge.get(address, headers=bearer(token)).status_code == 404
    assert (
        edge.get(
            "/api/v1/personnel/../../../internal/personnel/employees/paper-names", headers=bearer(token)
        ).status_code
        == 404
    )
