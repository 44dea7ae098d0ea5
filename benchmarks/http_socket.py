"""Speaking HTTP/1.1 over a socket with as little as possible between: a caller that costs what it measures is none."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CLOSED = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
TIMEOUT = 30.0


def request(method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
    """The bytes of a request, made once and sent many times."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", *(f"{name}: {value}" for name, value in headers.items())]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def dial(address: str) -> socket.socket:
    """Connect to `unix:/path` or `http://host:port`."""
    if address.startswith("unix:"):
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(TIMEOUT)
        made.connect(address.removeprefix("unix:"))
        return made
    parts = urlsplit(address)
    made = socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 80), timeout=TIMEOUT)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


@dataclass
class HttpSocket:
    """One connection, kept alive as long as the other side keeps it."""

    address: str
    _socket: socket.socket | None = None

    def ask(self, message: bytes) -> tuple[int, bytes]:
        """Send a request and read its answer: status and body."""
        kept = self._socket is not None
        try:
            return self._ask(message)
        except (ConnectionError, BrokenPipeError):
            self.close()
            if not kept:
                raise
            # the other side has ended a kept connection just now
            return self._ask(message)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _ask(self, message: bytes) -> tuple[int, bytes]:
        if self._socket is None:
            self._socket = dial(self.address)
        self._socket.sendall(message)
        data = self._more(b"")
        while (end := data.find(b"\r\n\r\n")) < 0:
            data = self._more(data)
        head = data[:end]
        found = LENGTH.search(head)
        size = end + 4 + (int(found[1]) if found else 0)
        while len(data) < size:
            data = self._more(data)
        if CLOSED.search(head):
            self.close()
        return int(head[9:12]), data[end + 4 :]

    def _more(self, data: bytes) -> bytes:
        assert self._socket is not None
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionResetError("closed before the whole answer")
        return data + part if data else part
