"""Ask every service whether it can serve, side by side, and never for long."""

import http.client
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

PATIENCE_SECONDS = 2.0


@dataclass(frozen=True)
class Readiness:
    """Each service's word: ready, not ready, or away; ready as a whole when all are."""

    services: Mapping[str, str]

    @property
    def is_ready(self) -> bool:
        return all(word == "ready" for word in self.services.values())


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=PATIENCE_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def check_readiness(targets: Mapping[str, Sequence[str]]) -> Readiness:
    """A service is ready when any of its addresses says so."""
    if not targets:
        return Readiness({})
    with ThreadPoolExecutor(max_workers=len(targets)) as pool:
        return Readiness(dict(zip(targets, pool.map(_ask, targets.values()), strict=True)))


def _ask(addresses: Sequence[str]) -> str:
    words = [_ask_one(address) for address in addresses]
    return next((word for wanted in ("ready", "not ready") for word in words if word == wanted), "away")


def _ask_one(address: str) -> str:
    is_unix = address.startswith("unix:")
    connection = (
        _UnixConnection(address.removeprefix("unix:"))
        if is_unix
        else http.client.HTTPConnection(address, timeout=PATIENCE_SECONDS)
    )
    try:
        connection.request("GET", "/health/ready")
        return "ready" if connection.getresponse().status == http.client.OK else "not ready"
    except (OSError, http.client.HTTPException):
        return "away"
    finally:
        connection.close()
