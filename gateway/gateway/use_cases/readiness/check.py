"""Ask all services in parallel, with a short timeout, whether they are ready."""

import http.client
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

TIMEOUT_SECONDS = 2.0


@dataclass(frozen=True)
class Readiness:
    """The state of each service: ready, not ready, or away."""

    services: Mapping[str, str]

    @property
    def is_ready(self) -> bool:
        return all(state == "ready" for state in self.services.values())


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=TIMEOUT_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def check_readiness(targets: Mapping[str, Sequence[str]]) -> Readiness:
    """Return the state of each service; one is ready when any of its addresses is."""
    if not targets:
        return Readiness({})
    with ThreadPoolExecutor(max_workers=len(targets)) as pool:
        return Readiness(dict(zip(targets, pool.map(_ask, targets.values()), strict=True)))


def _ask(addresses: Sequence[str]) -> str:
    states = {_ask_one(address) for address in addresses}
    return next((state for state in ("ready", "not ready") if state in states), "away")


def _ask_one(address: str) -> str:
    is_unix = address.startswith("unix:")
    connection = (
        _UnixConnection(address.removeprefix("unix:"))
        if is_unix
        else http.client.HTTPConnection(address, timeout=TIMEOUT_SECONDS)
    )
    try:
        connection.request("GET", "/health/ready")
        return "ready" if connection.getresponse().status == http.client.OK else "not ready"
    except (OSError, http.client.HTTPException):
        return "away"
    finally:
        connection.close()
