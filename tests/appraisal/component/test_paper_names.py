"""The question to personnel for names, against an HTTP server on a unix socket."""

import json
import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from appraisal.clients import AT_ONCE, PersonnelNames
from appraisal.domain.errors import PaperNamesUnavailable


class Personnel(BaseHTTPRequestHandler):
    asked: ClassVar[list] = []
    status: ClassVar[int] = 200

    def address_string(self):
        return "socket"

    def log_message(self, *_):
        pass

    def do_GET(self):
        ids = parse_qs(urlsplit(self.path).query)["ids"][0].split(",")
        self.asked.append((self.headers["Authorization"], len(ids), len(self.requestline)))
        names = {"name": "x", "nip": None, "position_code": None, "position_title": "y", "unit_name": "z"}
        body = json.dumps({"items": [{"employee_id": one, **names} for one in ids]}).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def url(tmp_path):
    path = tmp_path / "p.sock"
    server = socketserver.ThreadingUnixStreamServer(str(path), Personnel)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Personnel.asked, Personnel.status = [], 200
    yield f"unix:{path}"
    server.shutdown()
    server.server_close()


def test_many_people_are_asked_for_in_addresses_that_a_server_takes(url):
    people = [uuid4() for _ in range(2 * AT_ONCE + 1)]
    found = PersonnelNames(url, 5.0, "Bearer x").of(people)
    assert set(found) == set(people)
    assert [(token, count) for token, count, _ in Personnel.asked] == [("Bearer x", AT_ONCE)] * 2 + [("Bearer x", 1)]
    assert max(length for *_, length in Personnel.asked) < 4094


@pytest.mark.parametrize("status", [401, 404, 500])
def test_without_a_proper_answer_there_are_no_names(url, status):
    Personnel.status = status
    with pytest.raises(PaperNamesUnavailable):
        PersonnelNames(url, 5.0, "").of([UUID(int=1)])


@pytest.mark.parametrize("address", ["", "unix:/nowhere/p.sock", "http://127.0.0.1:9"])
def test_an_address_where_nobody_answers_gives_no_names(address):
    with pytest.raises(PaperNamesUnavailable):
        PersonnelNames(address, 1.0, "").of([UUID(int=1)])
