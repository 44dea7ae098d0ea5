"""A sample service as real processes, for what only a process shows: its log, its port, its end."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chassis.waiting import Remaining, wait_for
from testkit.parent_death import ending_with_us
from testkit.service import ServiceUnderTest

SAMPLE_SERVICES = Path(__file__).parent / "sample-services"
Answer = tuple[int, dict[str, str], str]
# with what each line of a log begins
SHAPE = ["timestamp", "level", "event", "service", "process"]


class UnixHTTP(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=5)
        self.path = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(5)
        self.sock.connect(self.path)


def ask(address: str | Path, target: str, headers: dict[str, str] | None = None) -> Answer:
    """(status, headers, text) of a GET over host:port, or over the path of a Unix socket."""
    connection = http.client.HTTPConnection(address, timeout=5) if isinstance(address, str) else UnixHTTP(address)
    try:
        connection.request("GET", target, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def samples(text: str) -> dict[str, float]:
    """Prometheus' text as a map of the written sample to its number."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines}


def wait_for_answer(path: Path, target: str, *, status: int = 200) -> Answer:
    """Wait until a process answers a GET over a Unix socket with this status; return the answer."""

    def asked() -> Answer | Remaining:
        answer = ask(path, target)
        return answer if answer[0] == status else Remaining(f"status {answer[0]}")

    return wait_for(f"{path}{target}", asked, ignoring=(OSError, http.client.HTTPException))


def environment_of(desk: ServiceUnderTest, **more: str) -> dict[str, str]:
    settings = desk.app.extensions["suar_settings"]
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(SAMPLE_SERVICES / "desk"),
        "DESK_DATABASE_URL": settings.database_url,
        "SUAR_MODE": "test",
        "CLOCK_FILE": str(settings.clock_file),
        "AUTH_PUBLIC_KEY_FILE": str(settings.auth_public_key_file),
        "CONTRACTS_DIR": str(settings.contracts_dir),
        **more,
    }


@contextmanager
def process(log: Path, environment: dict[str, str], *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the chassis, writing to `log`; it is ended at the end."""
    with log.open("wb") as out:
        command = ending_with_us([sys.executable, "-m", "chassis", *words], signal.SIGTERM)
        started = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGTERM)
            started.wait(60)


def lines_of(log: Path) -> list[dict[str, Any]]:
    """The log as it must be: every line JSON."""
    return [json.loads(line) for line in log.read_text().splitlines()]
