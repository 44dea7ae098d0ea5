"""Asking a process over HTTP whether it is ready."""

import http.client
import socket
from pathlib import Path

PATIENCE = 0.5
OK = 200


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(str(self._path))


def answers_unix(path: Path, target: str) -> bool:
    """Whether the server behind a Unix socket answers 200."""
    return path.exists() and _answers(_UnixConnection(path), target)


def answers_tcp(host: str, port: int, target: str) -> bool:
    return _answers(http.client.HTTPConnection(host, port, timeout=PATIENCE), target)


def _answers(connection: http.client.HTTPConnection, target: str) -> bool:
    try:
        connection.request("GET", target)
        return connection.getresponse().status == OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
