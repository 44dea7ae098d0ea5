"""A stretch of network that can fail: it passes bytes on, and cuts, stalls or refuses connections when told to."""

import contextlib
import socket
import struct
import threading
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

# An abrupt end: the other side sees a reset, not a farewell.
_ABRUPT = struct.pack("ii", 1, 0)


@dataclass
class ArmedCut:
    """Armed: when `pattern` passes, half of it is let through and the connection is cut."""

    pattern: bytes
    upward: bool
    broken: threading.Event = field(default_factory=threading.Event)


@dataclass(eq=False)
class Pair:
    """One connection: the client's socket and the server's."""

    client: socket.socket
    server: socket.socket
    publishes: bool = False

    def cut(self) -> None:
        for one in (self.client, self.server):
            with contextlib.suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPT)
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                one.close()


class Proxy:
    """Listens on a port of its own. `publishing` is what a client's bytes hold when it publishes."""

    def __init__(self, upstream: tuple[str, int] | Path, publishing: bytes) -> None:
        self.upstream = upstream
        self.publishing = publishing
        self._pairs: set[Pair] = set()
        self._armed: list[ArmedCut] = []
        self._lock = threading.Lock()
        self._flows, self._publishers_flow = threading.Event(), threading.Event()
        self._flows.set()
        self._publishers_flow.set()
        self._listener: socket.socket | None = None
        self.port = 0
        self.accept()

    def accept(self) -> None:
        """Take connections (again)."""
        if self._listener is not None:
            return
        listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self._listener, self.port = listener, listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def refuse(self) -> None:
        """Cut what is open and refuse what comes: the server is down."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self.cut()

    def cut(self) -> None:
        """Cut every open connection."""
        for pair in self._open_pairs():
            pair.cut()

    def stall(self, *, publishers_only: bool = False) -> None:
        """Let nothing through any more, and tell nobody: a dead network, or a broker with an alarm."""
        (self._publishers_flow if publishers_only else self._flows).clear()

    def flow(self) -> None:
        self._flows.set()
        self._publishers_flow.set()

    def arm(self, pattern: bytes, *, upward: bool) -> ArmedCut:
        """Cut the next connection on which `pattern` passes, in its midst; gives what tells that it happened."""
        armed = ArmedCut(pattern, upward)
        with self._lock:
            self._armed.append(armed)
        return armed

    def close(self) -> None:
        self.flow()
        self.refuse()

    def _open_pairs(self) -> list[Pair]:
        with self._lock:
            return list(self._pairs)

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = self._connect()
            except OSError:
                client.close()
                continue
            pair = Pair(client, server)
            with self._lock:
                self._pairs.add(pair)
            for upward in (True, False):
                threading.Thread(target=self._pump, args=(pair, upward), daemon=True).start()

    def _connect(self) -> socket.socket:
        if isinstance(self.upstream, tuple):
            return socket.create_connection(self.upstream, timeout=5)
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(self.upstream))
        return server

    def _pump(self, pair: Pair, upward: bool) -> None:
        source, target = (pair.client, pair.server) if upward else (pair.server, pair.client)
        try:
            source.settimeout(None)
            while data := source.recv(65536):
                if upward and self.publishing in data:
                    pair.publishes = True
                self._flows.wait()
                if pair.publishes:
                    self._publishers_flow.wait()
                if armed := self._armed_cut_in(data, upward):
                    target.sendall(data[: data.index(armed.pattern) + len(armed.pattern) // 2])
                    armed.broken.set()
                    return
                target.sendall(data)
        except OSError:
            return
        finally:
            pair.cut()
            with self._lock:
                self._pairs.discard(pair)

    def _armed_cut_in(self, data: bytes, upward: bool) -> ArmedCut | None:
        with self._lock:
            for armed in self._armed:
                if armed.upward == upward and armed.pattern in data:
                    self._armed.remove(armed)
                    return armed
        return None


def address_of(url: str) -> tuple[str, int]:
    """Host and port of a broker's URL."""
    parts = urlsplit(url)
    return parts.hostname or "localhost", parts.port or 5672
