"""What is no request, or is larger than its sender may send, is answered by a problem and goes no further."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest

from tests.gateway.builders import API
from tests.gateway.edge.conftest import bearer

IMPORTS = "/api/v1/personnel/imports/employees"


def spoken_to(edge, request: bytes) -> tuple[str, dict[str, object]]:
    """Return the status line and the problem that answer these very bytes."""
    address = urlsplit(edge.base)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while block := connection.recv(65536):
            answer += block
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head, answer
    return head.split(b"\r\n")[0].decode(), json.loads(body)


@pytest.mark.parametrize(
    "request_line",
    [
        b"get /api/v1/identity/me HTTP/1.1",
        b"PRI * HTTP/2.0",
        b"GET /api/v1/identity/%00 HTTP/1.1",
        b"GET /api/v1/identity/me HTTP/3.7",
        b"GET",
        b"\x16\x03\x01",
    ],
)
def test_a_request_line_that_cannot_be_read_is_answered_by_a_problem(edge, request_line):
    status, problem = spoken_to(edge, request_line + b"\r\nHost: suar\r\n\r\n")
    assert status.startswith("HTTP/1.1 400")
    assert problem["code"] == "edge_request_malformed"
    assert problem["request_id"]


def test_an_unknown_transfer_coding_is_answered_by_a_problem(edge):
    head = b"POST /api/v1/identity/sessions HTTP/1.1\r\nHost: suar\r\nTransfer-Encoding: zzz\r\n\r\n"
    status, problem = spoken_to(edge, head)
    assert (status[:12], problem["code"]) == ("HTTP/1.1 400", "edge_request_malformed")


def test_the_page_of_a_malformed_request_is_no_address(edge):
    assert edge.get("/_edge/edge_request_malformed").status_code == 404


@pytest.mark.parametrize("path", [IMPORTS, "/api/v1/personnel/zz/imports/zz"])
def test_nothing_of_a_large_file_is_taken_from_somebody_who_says_not_who_they_are(edge, personnel, path):
    edge.cookies.clear()
    before = len(personnel.seen)
    answer = edge.post(path, content=b"x" * (2 * 1024 * 1024))
    assert (answer.status_code, answer.json()["code"]) == (401, "edge_credential_refused")
    assert len(personnel.seen) == before


def test_who_is_signed_in_sends_a_large_file(edge, token):
    answer = edge.post(IMPORTS, content=b"x" * (2 * 1024 * 1024), headers=bearer(token))
    assert answer.json()["length"] == 2 * 1024 * 1024


@pytest.mark.parametrize("door", ["sessions", "activations", "password-resets", "tokens"])
def test_an_open_door_takes_small_bodies(edge, door):
    answer = edge.post(f"{API}/{door}", content=b"x" * (65 * 1024))
    assert (answer.status_code, answer.json()["code"]) == (413, "edge_body_too_large")
