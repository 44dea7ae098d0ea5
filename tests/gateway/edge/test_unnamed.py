"""Who reports or answers without a name: what the edge passes on of them, and what it writes down."""

from __future__ import annotations

import json
import re
import socket

import httpx
import pytest

from chassis.waiting import wait_for
from suar_edge.configuration import Limits, Rate, Timeouts, Tls
from suar_edge.data import edge_data
from tests.architecture.layout import ROOT
from tests.gateway.backends import EchoService
from tests.gateway.edge.conftest import MANY, bearer
from tests.gateway.unit.test_edge_config import make_certificate
from tests.ports import free_port

BASE = "/api/v1/wellbeing"
DOORS = [
    f"{BASE}/answers",
    f"{BASE}/reports/cases",
    f"{BASE}/reports/hazards",
    f"{BASE}/reports/follow",
    f"{BASE}/reports/messages",
]
TELLTALE = {
    "X-Request-Id": "penanda-permintaan-1",
    "traceparent": "00-11111111111111111111111111111111-2222222222222222-01",
    "tracestate": "penanda=jejak",
    "X-Forwarded-For": "203.0.113.77",
    "User-Agent": "Penanda/1.0",
    "Referer": "https://penanda.example/",
    "Origin": "https://penanda.example",
    "Accept-Language": "jv",
    "Prefer": "penanda",
}
MARKS = (
    "penanda",
    "Penanda",
    "203.0.113.77",
    "1111111111111111",
    "127.0.0.1",
    "wellbeing/answers",
    "wellbeing/reports",
)


@pytest.fixture
def wellbeing():
    echo = EchoService("wellbeing")
    yield echo
    echo.stop()


@pytest.fixture
def doors(fresh_edge, identity, wellbeing):
    limits = Limits(sign_in=MANY, anonymous=MANY, credentials=MANY)
    return fresh_edge({"identity": [identity.address], "wellbeing": [wellbeing.address]}, limits=limits)


def written(edge):
    """All that the edge has written in files, but for its configuration and its sockets."""
    files = [one for one in edge.edge.state_dir.rglob("*") if one.is_file() and one.suffix != ".conf"]
    return "".join(one.read_bytes().decode("latin-1") for one in files)


def credentials(token):
    return [
        {},
        bearer(token),
        {"Cookie": f"suar_session={token}"},
        bearer("basi"),
        {"Cookie": "suar_session=basi", "Origin": "https://jahat.example"},
        {"Authorization": "Basic cGVuYW5kYTpwZW5hbmRh"},
    ]


@pytest.mark.parametrize("door", DOORS)
def test_nothing_of_the_sender_reaches_the_service_whatever_credential_comes_along(doors, identity, token, door):
    before = identity.count("/internal/authorise")
    for sent in credentials(token):
        answer = doors.post(door, json={"isi": "x"}, headers={**TELLTALE, **sent})
        assert answer.status_code == 200
        seen = answer.json()["headers"]
        assert set(seen) == {"host", "content-length", "content-type", "accept"}
        assert seen["host"] == "wellbeing"
        assert "x-request-id" not in answer.headers
    assert identity.count("/internal/authorise") == before


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
@pytest.mark.parametrize(
    "path", [*DOORS, f"{BASE}/reports/case", f"{BASE}/answers/", f"{BASE}//reports/%63ases?kode=x"]
)
def test_nothing_is_written_of_a_call_however_it_is_spelt(doors, token, method, path):
    doors.request(method, path, headers={**TELLTALE, **bearer(token)})
    doors.get("/api/v1/wellbeing/conditions")
    wait_for("another is logged", doors.log)
    assert [line["path"] for line in doors.log()] == ["/api/v1/wellbeing/conditions"]
    text = (doors.edge.state_dir / "error.log").read_text()
    assert not [mark for mark in MARKS if mark in text]


def test_what_the_edge_refuses_itself_is_not_written_either(fresh_edge, identity, token):
    limits = Limits(sign_in=MANY, credentials=MANY, anonymous=Rate("1r/m", 1), body="1k")
    gone = f"127.0.0.1:{free_port()}"
    edge = fresh_edge({"identity": [identity.address], "wellbeing": [gone]}, limits=limits)
    sent = {**TELLTALE, **bearer(token)}
    asked = [edge.post(DOORS[1], content=b"x" * size, headers=sent) for size in (2000, 10, 10, 10)]
    assert [one.status_code for one in asked] == [413, 502, 502, 429]
    assert [one.json()["code"] for one in asked] == [
        "edge_body_too_large",
        "edge_service_unreachable",
        "edge_service_unreachable",
        "edge_too_many_requests",
    ]
    assert {one.json()["request_id"] for one in asked} == {""}
    assert edge.log() == []
    assert not [mark for mark in MARKS if mark in (edge.edge.state_dir / "error.log").read_text()]


def test_a_service_that_is_silent_is_not_written_of_and_not_asked_twice(fresh_edge, identity, wellbeing):
    edge = fresh_edge(
        {"identity": [identity.address], "wellbeing": [wellbeing.address]}, timeouts=Timeouts(read="1s", repeat="5s")
    )
    answer = edge.post(f"{BASE}/reports/silent", json={}, headers=TELLTALE)
    assert (answer.status_code, answer.json()["code"]) == (504, "edge_service_too_slow")
    assert len(wellbeing.seen) == 1
    assert edge.log() == []
    assert not [mark for mark in MARKS if mark in (edge.edge.state_dir / "error.log").read_text()]


def test_what_is_written_by_a_sender_never_touches_the_disk_of_the_edge(doors):
    secret = "rahasia-di-badan-" * 20000
    assert doors.post(DOORS[1], json={"isi": secret}).status_code == 200
    assert "rahasia-di-badan" not in written(doors)


def test_a_case_in_ones_own_name_and_taking_a_token_are_known_and_not_logged(doors, token):
    for path in (f"{BASE}/cases", f"{BASE}/surveys/3f0c/token"):
        seen = doors.post(path, headers=bearer(token)).json()["headers"]
        assert seen["authorization"].startswith("Bearer ey")
        assert doors.post(path, headers=bearer("basi")).status_code == 401
    doors.get(f"{BASE}/cases", headers=bearer(token))
    wait_for("the queue is logged", doors.log)
    assert [(line["method"], line["path"]) for line in doors.log()] == [("GET", f"{BASE}/cases")]


def test_unnamed_callers_are_limited_by_address_with_or_without_a_credential(fresh_edge, identity, wellbeing, token):
    limits = Limits(sign_in=MANY, credentials=MANY, anonymous=Rate("1r/m", 1))
    edge = fresh_edge({"identity": [identity.address], "wellbeing": [wellbeing.address]}, limits=limits)
    sent = [edge.post(DOORS[0], headers=headers).status_code for headers in ({}, bearer(token), bearer("basi"))]
    assert sent == [200, 200, 429]


def test_every_open_door_of_wellbeing_is_one_of_the_unnamed_routes():
    """A door that says nobody must be known, and is not named in edge.toml, would be logged as all others are."""
    paths = json.loads((ROOT / "contracts/http/wellbeing.openapi.json").read_text())["paths"]
    operations = [(method, path, one) for path, ways in paths.items() for method, one in ways.items()]
    access = {(method, path): one.get("x-access", {}) for method, path, one in operations if method != "parameters"}
    unnamed = {path for (_, path), rule in access.items() if "unnamed" in rule}
    assert unnamed == set(DOORS)
    assert all(path.startswith(tuple(edge_data().unnamed.routes)) for path in unnamed)
    unlogged = {f"{method.upper()} {path}" for (method, path), rule in access.items() if rule.get("unlogged")}
    assert len(unlogged) == len(edge_data().unnamed.unlogged)
    for route in edge_data().unnamed.unlogged:
        assert any(re.fullmatch(route, one) for one in unlogged), route


def test_who_is_sent_on_to_tls_is_not_written_either(fresh_edge, identity, wellbeing, tmp_path):
    make_certificate(tmp_path / "edge.crt", tmp_path / "edge.key")
    plain = free_port()
    edge = fresh_edge(
        {"identity": [identity.address], "wellbeing": [wellbeing.address]},
        tls=Tls(tmp_path / "edge.crt", tmp_path / "edge.key"),
        redirect_listen=(f"127.0.0.1:{plain}",),
    )
    asked = [httpx.post(f"http://127.0.0.1:{plain}{path}", headers=TELLTALE) for path in (DOORS[1], "/api/v1/x")]
    assert [one.status_code for one in asked] == [308, 308]
    assert edge.post(DOORS[1], headers=TELLTALE).status_code == 200
    wait_for("another is logged", edge.log)
    assert [line["path"] for line in edge.log()] == ["/api/v1/x"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", DOORS[1]),
        ("POST", f"{DOORS[3]}?kode=x"),
        ("GET", f"{BASE}//reports/%63ases"),
        ("POST", f"{BASE}/cases"),
        ("POST", f"{BASE}/surveys/3f0c/token?x"),
    ],
)
@pytest.mark.parametrize("sent", ["", "Content-Length: x", "Transfer-Encoding: gzip"])
@pytest.mark.parametrize("secure", [True, False])
def test_what_is_refused_before_its_address_is_looked_at_is_not_written_either(
    fresh_edge, identity, wellbeing, tmp_path, method, path, sent, secure
):
    """Plain HTTP to the port of TLS; no host; a length that is none; a coding that nobody has."""
    make_certificate(tmp_path / "edge.crt", tmp_path / "edge.key")
    changes = {"tls": Tls(tmp_path / "edge.crt", tmp_path / "edge.key")} if secure else {}
    edge = fresh_edge({"identity": [identity.address], "wellbeing": [wellbeing.address]}, **changes)
    address = httpx.URL(str(edge.client.base_url))
    for asked in (path, "/api/v1/x"):
        head = [
            f"{method} {asked} HTTP/1.1",
            *([sent, "Host: x"] if sent or secure else []),
            *map(": ".join, TELLTALE.items()),
        ]
        with socket.create_connection((address.host, address.port), timeout=10) as connection:
            connection.sendall("\r\n".join([*filter(None, head), "", ""]).encode())
            answer = connection.recv(65536).decode()
        assert answer.startswith(("HTTP/1.1 400", "HTTP/1.1 501"))
    wait_for("another is logged", edge.log)
    assert [line["path"] for line in edge.log()] == ["/api/v1/x"]
