"""The small port of a process that serves nobody else: what it counts, whether it lives, and what it is missing."""

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from prometheus_client import Metric
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from chassis.observability.logging import get_logger
from chassis.observability.metrics import exposition

log = get_logger()
Dependencies = Mapping[str, Callable[[], bool]]
Stuck = Callable[[], list[str]]


class _TcpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _TcpServer6(_TcpServer):
    address_family = socket.AF_INET6


class _UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@dataclass(frozen=True, eq=False)
class Health(Collector):
    """What a process needs, each with the question whether it is there, and which of its loops do not turn."""

    dependencies: Dependencies
    stuck: Stuck

    def missing(self) -> list[str]:
        return [name for name, is_there in self.dependencies.items() if not is_there()]

    def collect(self) -> Iterator[Metric]:
        there = GaugeMetricFamily(
            "suar_dependency_up", "Whether what this process needs answers", labels=["dependency"]
        )
        for name, is_there in self.dependencies.items():
            there.add_metric([name], float(is_there()))
        yield there
        yield GaugeMetricFamily("suar_loops_stuck", "Loops that no longer turn", value=len(self.stuck()))


def open_port(bind: str, health: Health) -> socketserver.BaseServer:
    """Serve /metrics, /health/live and /health/ready on `bind` (host:port or unix:/path) in a thread of its own.

    While a dependency is away the process is not ready; while a loop is stuck it does not count as alive.
    """

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            match self.path.partition("?")[0]:
                case "/metrics":
                    body, content_type = exposition([health], self.headers.get("Accept", ""))
                    self._answer(HTTPStatus.OK, body, content_type)
                case "/health/live":
                    stuck = health.stuck()
                    status = HTTPStatus.SERVICE_UNAVAILABLE if stuck else HTTPStatus.OK
                    self._say(status, {"status": "stuck" if stuck else "live", "loops_stuck": stuck})
                case "/health/ready":
                    away = health.missing()
                    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.OK
                    self._say(status, {"status": "not ready" if away else "ready", "missing": away})
                case _:
                    self._say(HTTPStatus.NOT_FOUND, {"status": "unknown address"})

        def _say(self, status: HTTPStatus, words: dict[str, Any]) -> None:
            self._answer(status, json.dumps(words).encode(), "application/json")

        def _answer(self, status: HTTPStatus, body: bytes, content_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def address_string(self) -> str:
            return "unix" if isinstance(self.client_address, str) else str(self.client_address[0])

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
            log.debug("port_request", line=format % arguments)

    server = _server(bind, Handler)
    threading.Thread(target=server.serve_forever, name="port", daemon=True).start()
    log.info("port_opened", bind=bind)
    return server


def _server(bind: str, handler: type[BaseHTTPRequestHandler]) -> socketserver.BaseServer:
    if bind.startswith("unix:"):
        path = Path(bind.removeprefix("unix:"))
        path.unlink(missing_ok=True)
        return _UnixServer(str(path), handler)
    host, _, port = bind.rpartition(":")
    if not port.isdecimal():
        raise ValueError(f"METRICS_BIND = {bind!r}: write host:port or unix:/path")
    kind = _TcpServer6 if host.startswith("[") else _TcpServer
    return kind((host.strip("[]") or "0.0.0.0", int(port)), handler)  # noqa: S104 - the compose network reaches it
