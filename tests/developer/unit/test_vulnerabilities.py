"""The scan for known vulnerabilities: it fails when some are found, and says so when it could not look."""

import http.server
import json
import threading
from contextlib import contextmanager

import pytest

from suar_developer import quality
from suar_developer.vulnerabilities import FOUND, NOT_RUN, locked_requirements, scan, scan_result
from tests.architecture.layout import ROOT

HOLE = {"id": "PYSEC-2026-1", "fix_versions": ["1.1"], "aliases": [], "description": "x"}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1)"}
LOCK = """
[[package]]
name = "idna"
version = "3.6"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "own"
version = "0.1.0"
source = { editable = "." }
"""


def package(name, *holes):
    return {"name": name, "version": "1", "vulns": list(holes)}


@contextmanager
def advisories(answer):
    """A server that speaks as OSV does, and gives the same answer for every package."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield ["--vulnerability-service", "osv", "--osv-url", f"http://127.0.0.1:{server.server_port}/"]
        server.shutdown()


@pytest.fixture
def lock(tmp_path):
    file = tmp_path / "uv.lock"
    file.write_text(LOCK)
    return file


@pytest.mark.parametrize(
    ("dependencies", "code", "words"),
    [
        ([package("a")], 0, "1 dari 1 paket"),
        ([package("a", HOLE)], FOUND, "a 1: PYSEC-2026-1, diperbaiki di 1.1"),
        ([package("a", HOLE), SKIPPED], FOUND, "1 dari 2 paket"),
        ([package("a"), SKIPPED], NOT_RUN, "tidak diperiksa seluruhnya: 1 dari 2 paket"),
        ([SKIPPED], NOT_RUN, "0 dari 1 paket"),
    ],
)
def test_holes_fail_and_what_could_not_be_asked_is_reported(dependencies, code, words):
    found = scan_result(dependencies)
    assert found.code == code
    assert words in found.sentence


def test_every_package_of_the_lock_is_asked_for_and_none_of_ours():
    files = locked_requirements(ROOT / "uv.lock")
    everything = [line for file in files for line in file]
    assert len(everything) == len(set(everything)) > 100
    for file in files:
        names = [line.split("==")[0] for line in file]
        assert len(names) == len(set(names))
        assert not {"chassis", "suar-runner", "suar"} & set(names)


def test_pip_audit_finds_what_is_known(lock):
    hole = {
        "id": "PYSEC-2024-60", "summary": "x", "details": "x", "modified": "2026-01-01T00:00:00Z",
        "affected": [{"package": {"name": "idna", "ecosystem": "PyPI"},
                      "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.7"}]}],
                      "versions": ["3.6"]}],
    }  # fmt: skip
    with advisories({"vulns": [hole]}) as options:
        found = scan(lock, options)
    assert found.code == FOUND
    assert "idna 3.6: PYSEC-2024-60, diperbaiki di 3.7" in found.sentence
    with advisories({}) as options:
        assert scan(lock, options).code == 0


def test_without_a_network_nothing_fails_and_the_reason_is_reported(lock):
    found = scan(lock, ["--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:1/"])
    assert found.code == NOT_RUN
    assert found.sentence.startswith("Celah pustaka tidak diperiksa: ")


@pytest.mark.parametrize(
    ("codes", "expected", "verdicts"),
    [
        ([0, 0], 0, ["lolos", "lolos"]),
        ([0, NOT_RUN], 0, ["lolos", "TIDAK DAPAT DIJALANKAN"]),
        ([2, NOT_RUN], 2, ["GAGAL", "TIDAK DAPAT DIJALANKAN"]),
        ([0, FOUND], FOUND, ["lolos", "GAGAL"]),
        ([3, FOUND], 3, ["GAGAL", "GAGAL"]),
    ],
)
def test_the_gate_fails_for_holes_and_not_for_want_of_an_answer(monkeypatch, codes, expected, verdicts):
    first, second = (["sh", "-c", f"echo words of {code}; exit {code}"] for code in codes)
    monkeypatch.setattr(quality, "gates", lambda _project: [("first", first)])
    monkeypatch.setattr(quality, "SCAN", second)
    said = []
    assert quality.check(said.append) == expected
    heads = [line for line in said if not line.startswith("words of")]
    assert [line.split(maxsplit=1)[1].rpartition(" (")[0].removeprefix("pustaka").strip() for line in heads] == verdicts
    assert [line for line in said if line.startswith("words of")] == [f"words of {code}" for code in codes if code]
