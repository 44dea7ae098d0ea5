from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from chassis.waiting import wait_for
from suar_edge.configuration import Limits, Rate, Timeouts
from tests.gateway.backends import EchoService, NameServer, unreachable
from tests.gateway.edge.conftest import bearer
from tests.gateway.unit.test_edge_config import make_certificate
from tests.ports import free_port

PEOPLE = "/api/v1/personnel/people"


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/v1/personnel",
        "/api/v1/nonsense/x",
        "/api/v2/personnel/x",
        "/health/ready",
        "/openapi.json",
        "/internal/authorise",
        "/_authorise",
        "/metrics",
        "/api/v1/personnel/../../../internal/authorise",
        "/api/v1/personnel/%2e%2e/%2e%2e/%2e%2e/_authorise",
    ],
)
def test_everything_else_is_a_404_in_the_common_shape(edge, personnel, path):
    connection = http.client.HTTPConnection(edge.base.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    assert (answer.status, body["code"]) == (404, "edge_unknown_address")
    assert answer.headers["Content-Type"] == "application/problem+json"
    connection.close()


def test_the_edge_answers_for_itself_and_for_all(edge, identity):
    assert edge.get("/healthz").json() == {"status": "up"}
    assert edge.get("/readyz").status_code == 200
    assert edge.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    page = edge.get("/api/docs")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Type"].startswith("text/html")
    assert edge.get("/api/docs/page.js").status_code == 200


def test_every_answer_carries_the_security_headers_once(edge, token):
    for answer in (
        edge.get(PEOPLE, headers=bearer(token)),
        edge.get("/api/docs"),
        edge.get("/nowhere"),
        edge.get(PEOPLE, headers=bearer("guess")),
        edge.get("/healthz"),
    ):
        for name in (
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Content-Security-Policy",
            "X-Request-Id",
            "Referrer-Policy",
        ):
            assert len(answer.headers.get_list(name)) == 1, (answer.url, name)
        assert answer.headers["Server"] == "nginx"
        assert "X-Internal-Token" not in answer.headers
        assert "Strict-Transport-Security" not in answer.headers
    assert edge.get(PEOPLE, headers=bearer(token)).headers["Cache-Control"] == "no-store"


def test_a_request_keeps_its_id_and_its_trace(edge, token):
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    sent = {"X-Request-Id": "permintaan-0001", "traceparent": trace}
    answer = edge.get(PEOPLE, headers=sent)
    assert answer.headers["X-Request-Id"] == "permintaan-0001"
    assert answer.json()["headers"]["x-request-id"] == "permintaan-0001"
    assert answer.json()["headers"]["traceparent"] == trace
    made = edge.get(PEOPLE, headers={"X-Request-Id": 'x" onload="'})
    assert len(made.headers["X-Request-Id"]) == 32
    assert made.json()["headers"]["x-request-id"] == made.headers["X-Request-Id"]


@pytest.mark.parametrize("sent", ["", "00-" + "0" * 32 + "-b7ad6b7169203331-01", "00-abc-def-01", "99; drop"])
def test_a_trace_begins_at_the_edge_where_no_usable_one_came(edge, sent):
    seen = edge.get(PEOPLE, headers={"traceparent": sent, "X-Request-Id": "jejak-dari-tepi"}).json()["headers"]
    trace = re.fullmatch(r"00-([0-9a-f]{32})-[0-9a-f]{16}-01", seen["traceparent"])
    assert trace
    assert seen["traceparent"] != edge.get(PEOPLE).json()["headers"]["traceparent"]
    wait_for("the trace is logged", lambda: any(line["trace_id"] == trace[1] for line in edge.log()))


def test_what_a_client_needs_to_say_arrives(edge):
    sent = {
        "Idempotency-Key": "abc",
        "If-Match": '"3"',
        "If-None-Match": '"4"',
        "Accept-Language": "id",
        "Content-Type": "text/csv; charset=utf-8",
        "Range": "bytes=0-9",
    }
    seen = edge.post(PEOPLE, headers=sent, content=b"a,b").json()
    for name, value in sent.items():
        assert seen["headers"][name.lower()] == value
    assert seen["length"] == 3
    assert seen["headers"]["host"] == edge.base.removeprefix("http://")


def test_a_path_and_its_query_arrive_as_they_were_written(edge):
    path = f"{PEOPLE}/a%2Fb%20c?q=%C3%A9&x=1&x=2"
    assert edge.get(path).json()["path"] == path


def test_long_answers_are_compressed_but_not_those_of_identity(edge, gateway, token):
    with edge.client.stream("GET", f"{PEOPLE}/long", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw))["by"] == "personnel"
    with edge.client.stream(
        "GET", "/api/v1/identity/sessions", headers={"Accept-Encoding": "gzip", **bearer(token)}
    ) as answer:
        answer.read()
    assert "Content-Encoding" not in answer.headers


def test_a_body_beyond_its_limit_is_refused_and_an_import_may_be_larger(edge, token):
    body = b"x" * (1024 * 1024 + 1)
    refused = edge.post(PEOPLE, content=body)
    assert refused.status_code == 413
    assert refused.json()["code"] == "edge_body_too_large"
    assert "64 MB" in refused.json()["detail"]
    for path in (
        "/api/v1/personnel/imports",
        "/api/v1/personnel/employees/imports",
        "/api/v1/personnel/imports/7/rows",
    ):
        answer = edge.post(path, content=body, headers=bearer(token))
        assert answer.json().get("length") == len(body), (
            path,
            answer.text,
            (edge.edge.state_dir / "error.log").read_text()[-500:],
        )
    assert edge.post("/api/v1/personnel/importsx", content=body).status_code == 413
    assert "uninitialized" not in (edge.edge.state_dir / "error.log").read_text()


def test_a_dead_service_is_a_502_that_says_so(edge):
    answer = edge.get("/api/v1/training/sessions")
    assert answer.status_code == 502
    assert answer.json()["code"] == "edge_service_unreachable"
    assert "Retry-After" in answer.headers


def test_a_service_that_stays_silent_is_a_504(edge):
    answer = edge.post(f"{PEOPLE}/silent")
    assert answer.status_code == 504
    assert answer.json()["code"] == "edge_service_too_slow"


def test_reading_goes_to_a_healthy_replica_when_one_breaks_off(fresh_edge, identity):
    bad, good = EchoService("bad"), EchoService("good")
    edge = fresh_edge({"identity": [identity.address], "personnel": [bad.address, good.address]})
    try:
        answers = [edge.get(f"{PEOPLE}/drop") for _ in range(12)]
        assert {answer.status_code for answer in answers} == {200}
        assert {answer.json()["by"] for answer in answers} == {"good"}
        assert bad.seen
    finally:
        bad.stop()
        good.stop()


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_change_is_never_sent_twice(fresh_edge, identity, method):
    bad, good = EchoService("bad"), EchoService("good")
    edge = fresh_edge({"identity": [identity.address], "personnel": [bad.address, good.address]})
    try:
        answers = [edge.request(method, f"{PEOPLE}/drop/{number}", content=b"x") for number in range(12)]
        paths = [path for _, path in bad.seen + good.seen]
        assert len(paths) == len(set(paths)) == 12
        assert bad.seen
        assert sum(answer.status_code == 502 for answer in answers) == len(bad.seen)
    finally:
        bad.stop()
        good.stop()


def test_with_one_replica_dead_nobody_notices(fresh_edge, identity):
    good = EchoService("good")
    edge = fresh_edge({"identity": [identity.address], "personnel": [f"127.0.0.1:{free_port()}", good.address]})
    try:
        for number in range(20):
            assert edge.get(PEOPLE).status_code == 200
            assert edge.post(f"{PEOPLE}/{number}", content=b"x").status_code == 200
        posts = [path for method, path in good.seen if method == "POST"]
        assert len(posts) == len(set(posts)) == 20
    finally:
        good.stop()


def test_a_replica_that_comes_back_is_used_again(fresh_edge, identity):
    port = free_port()
    good = EchoService("good")
    edge = fresh_edge({"identity": [identity.address], "personnel": [f"127.0.0.1:{port}", good.address]})
    for _ in range(6):
        assert edge.get(PEOPLE).json()["by"] == "good"
    back = EchoService("back", port=port)
    try:
        wait_for("it is used again", lambda: edge.get(PEOPLE).json()["by"] == "back")
    finally:
        back.stop()
        good.stop()


def test_replicas_behind_a_name_are_found_as_they_come_and_go(fresh_edge, identity):
    first = EchoService("first", host="127.0.0.2")
    port = int(first.address.rpartition(":")[2])
    second = EchoService("second", host="127.0.0.3", port=port)
    names = NameServer("127.0.0.2")
    edge = fresh_edge(
        {"identity": [identity.address], "personnel": [f"personnel.test:{port}"]},
        resolver=names.address,
        resolve_seconds=1,
    )

    def who():
        answer = edge.get(PEOPLE)
        return answer.json()["by"] if answer.status_code == 200 else None

    try:
        wait_for("the first is found", lambda: who() == "first")
        assert {who() for _ in range(6)} == {"first"}
        names.addresses = ["127.0.0.2", "127.0.0.3"]
        wait_for("the second is found", lambda: who() == "second")
        names.addresses = ["127.0.0.3"]
        wait_for("the first is left out", lambda: {who() for _ in range(12)} == {"second"})
    finally:
        for one in (first, second, names):
            one.stop()


@contextmanager
def a_name_of_two(fresh_edge, identity, gone, **timeouts):
    """An edge whose personnel are two behind one name, and a way to take the name of `gone` away."""
    port = int(gone.rpartition(":")[2])
    good = EchoService("good", host="127.0.0.2", port=port)
    names = NameServer("127.0.0.2", "127.0.0.3")
    edge = fresh_edge(
        {"identity": [identity.address], "personnel": [f"personnel.test:{port}"]},
        resolver=names.address,
        resolve_seconds=1,
        timeouts=Timeouts(**timeouts),
    )

    def leave():
        names.addresses = ["127.0.0.2"]

    try:
        wait_for("the name is resolved", lambda: edge.get(PEOPLE).status_code == 200)
        yield edge, good, leave
    finally:
        good.stop()
        names.stop()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_waits_for_a_replica_that_leaves_for_good_is_sent_to_another(fresh_edge, identity, method):
    with (
        unreachable("127.0.0.3") as gone,
        a_name_of_two(fresh_edge, identity, gone, connect="4s") as (edge, good, leave),
        ThreadPoolExecutor(12) as many,
    ):
        good.seen.clear()
        asked = [many.submit(edge.request, method, f"{PEOPLE}/{number}") for number in range(12)]
        leave()
        answers = [one.result() for one in asked]
        assert [answer.json().get("by") for answer in answers] == ["good"] * 12
        assert sorted(path for _, path in good.seen) == sorted(f"{PEOPLE}/{number}" for number in range(12))
        assert any(gone in line["upstream"] for line in edge.log()), "nobody waited for the one that left"


def test_a_silent_replica_costs_a_reader_time_and_not_the_answer(fresh_edge, identity):
    with socket.create_server(
        ("127.0.0.1", 0)
    ) as silent:  # as a paused process: connections are made, none is answered
        good = EchoService("good")
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        edge = fresh_edge(
            {"identity": [identity.address], "personnel": [address, good.address]},
            timeouts=Timeouts(read="1s", repeat="2s"),
        )
        try:
            assert {edge.get(PEOPLE).status_code for _ in range(12)} == {200}
            assert any(line["upstream"].startswith(address) for line in edge.log())
        finally:
            good.stop()


def test_the_log_is_json_without_queries_tokens_or_nips(edge, token, gateway):
    edge.get(
        f"{PEOPLE}/199004172019032005?nip=199004172019032005&secret=abc",
        headers={**bearer(token), "X-Request-Id": "cari-aku-0001"},
    )
    wait_for("it is logged", lambda: any(line["request_id"] == "cari-aku-0001" for line in edge.log()))
    line = next(line for line in edge.log() if line["request_id"] == "cari-aku-0001")
    assert line["path"] == f"{PEOPLE}/<nip>"
    assert list(line)[:5] == ["timestamp", "level", "event", "service", "process"]
    assert (line["service"], line["target"]) == ("edge", "personnel")
    assert line["status"] == 200
    assert line["account_id"]
    text = (edge.edge.state_dir / "access.log").read_text()
    for secret in (token, "secret=abc", "199004172019032005"):
        assert secret not in text


def test_silent_connections_do_not_keep_others_from_being_served(fresh_edge, identity, personnel):
    edge = fresh_edge({"identity": [identity.address], "personnel": [personnel.address]})
    host, port = edge.base.removeprefix("http://").split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(200)]
    try:
        for one in silent[::2]:
            one.sendall(b"GET /healthz HT")
        assert [edge.get(PEOPLE).status_code for _ in range(20)] == [200] * 20
    finally:
        for one in silent:
            one.close()


def test_too_many_connections_of_one_address_are_refused(fresh_edge, identity, personnel):
    roomy = Rate("1000r/s", 1000)
    limits = Limits(sign_in=roomy, anonymous=roomy, credentials=roomy, connections_per_address=2)
    edge = fresh_edge(
        {"identity": [identity.address], "personnel": [personnel.address]}, limits=limits, timeouts=Timeouts(read="5s")
    )
    statuses = []
    threads = [
        threading.Thread(
            target=lambda: statuses.append(httpx.get(f"{edge.base}{PEOPLE}/silent", timeout=10).status_code)
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 200, 429, 429]


def test_over_tls_browsers_get_the_header_to_stay_there(fresh_edge, identity, personnel, tmp_path):
    from suar_edge.configuration import Tls

    make_certificate(tmp_path / "edge.crt", tmp_path / "edge.key")
    plain = free_port()
    edge = fresh_edge(
        {"identity": [identity.address], "personnel": [personnel.address]},
        tls=Tls(tmp_path / "edge.crt", tmp_path / "edge.key"),
        redirect_listen=(f"127.0.0.1:{plain}",),
    )
    answer = edge.get(PEOPLE)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer.json()["headers"]["x-forwarded-proto"] == "https"
    moved = httpx.get(f"http://127.0.0.1:{plain}{PEOPLE}?a=1", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["Location"] == f"https://127.0.0.1{PEOPLE}?a=1"


def test_a_proxy_in_front_is_believed_only_where_it_is_named(fresh_edge, identity, personnel):
    upstreams = {"identity": [identity.address], "personnel": [personnel.address]}
    sent = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    trusting = fresh_edge(upstreams, trusted_proxies=("127.0.0.1",))
    seen = trusting.get(PEOPLE, headers=sent).json()["headers"]
    assert (seen["x-real-ip"], seen["x-forwarded-proto"]) == ("203.0.113.9", "https")
    seen = fresh_edge(upstreams).get(PEOPLE, headers=sent).json()["headers"]
    assert (seen["x-real-ip"], seen["x-forwarded-proto"]) == ("127.0.0.1", "http")
