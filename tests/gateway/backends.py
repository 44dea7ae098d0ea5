"""What the edge's tests stand on: a real nginx, a service that tells what it saw, and a name server that can change."""

from __future__ import annotations

import json
import os
import signal
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from chassis.waiting import wait_for
from suar_edge.configuration import Edge, Limits, prepare, render
from suar_runner.nginx import find_nginx
from testkit.parent_death import ending_with_us
from tests.ports import free_port

Application = Callable[..., Iterable[bytes]]


@contextmanager
def unreachable(host: str) -> Iterator[str]:
    """An address at which nobody answers, not even with a refusal, as that of a container which is gone."""
    with socket.socket() as full, ExitStack() as waiting:
        full.bind((host, 0))
        full.listen(0)
        for _ in range(4):  # the first few fill the queue of those not yet accepted; later ones are let wait in vain
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        yield f"{host}:{full.getsockname()[1]}"


class EchoService:
    """A service that answers with what it was sent, and misbehaves where the path asks for it."""

    def __init__(self, name: str, host: str = "127.0.0.1", port: int = 0) -> None:
        self.name = name
        self.seen: list[tuple[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                outer.seen.append((self.command, self.path))
                if "/drop" in self.path and outer.name == "bad":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if "/silent" in self.path:
                    time.sleep(3)
                status = int(self.path.rsplit("/", 1)[1].partition("?")[0]) if "/status/" in self.path else 200
                document = {
                    "by": outer.name,
                    "method": self.command,
                    "path": self.path,
                    "headers": {key.lower(): value for key, value in self.headers.items()},
                    "length": len(body),
                    "filler": "x" * (3000 if "/long" in self.path else 0),
                }
                payload = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-Internal-Token", "leak")
                self.send_header("X-Request-Id", "from-the-service")
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_: object) -> None:
                pass

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.answer)
        self.server = ThreadingHTTPServer((host, port), Handler)
        self.address = f"{host}:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class NameServer:
    """Answers every A question with the addresses of the moment."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                question, sock = self.request
                end = question.index(b"\x00", 12) + 5
                is_a = question[end - 4 : end - 2] == b"\x00\x01"
                answers = outer.addresses if is_a else []
                head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, len(answers), 0, 0)
                records = b"".join(
                    b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 1, 4) + socket.inet_aton(one) for one in answers
                )
                sock.sendto(head + question[12:end] + records, self.client_address)

        self.server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class RunningEdge:
    def __init__(self, edge: Edge, base: str) -> None:
        self.edge = edge
        self.base = base
        self.client = httpx.Client(base_url=base, timeout=15, verify=False)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)

    def log(self) -> list[dict[str, Any]]:
        path = self.edge.state_dir / "access.log"
        return [json.loads(line) for line in path.read_text().splitlines()]


@contextmanager
def running_edge(folder: Path, upstreams: dict[str, list[str]], **changes: Any) -> Iterator[RunningEdge]:
    """A real nginx on a free port, with folders of its own."""
    port = free_port()
    scheme = "https" if changes.get("tls") else "http"
    values: dict[str, Any] = {
        "listen": (f"127.0.0.1:{port}",),
        "state_dir": folder,
        "access_log": str(folder / "access.log"),
        "error_log": str(folder / "error.log"),
        "worker_processes": "1",
        "limits": Limits.generous(),
        "user": "root" if os.geteuid() == 0 else None,
    }
    edge = Edge(upstreams=upstreams, **{**values, **changes})
    prepare(edge)
    configuration = folder / "edge.conf"
    configuration.write_text(render(edge))
    command = [str(find_nginx().program), "-p", str(folder), "-c", str(configuration), "-g", "daemon off;"]
    process = subprocess.Popen(ending_with_us(command, signal.SIGTERM))
    found = RunningEdge(edge, f"{scheme}://127.0.0.1:{port}")
    try:
        wait_for("nginx answers", lambda: process.poll() is None and answers(found))
        yield found
    finally:
        found.client.close()
        process.terminate()
        process.wait(10)


def answers(edge: RunningEdge) -> bool:
    try:
        return edge.client.get("/healthz").status_code == 200
    except httpx.HTTPError:
        return False


class ServedApp:
    """A WSGI application behind a real socket, with a count of what it was asked; it can be taken away and brought back."""

    def __init__(self, app: Application) -> None:
        self.calls: list[str] = []
        self._app = app
        self._port = free_port()
        self.address = f"127.0.0.1:{self._port}"
        self.start()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.calls.append(environ["PATH_INFO"])
        return self._app(environ, start_response)

    def count(self, path: str) -> int:
        return self.calls.count(path)

    def start(self) -> None:
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Quiet(WSGIRequestHandler):
            def log(self, *_args: object, **_options: object) -> None:
                pass

        self._server = make_server("127.0.0.1", self._port, self, threaded=True, request_handler=Quiet)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
