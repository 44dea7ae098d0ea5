"""The management server of a worker: its metrics, its liveness and its readiness over HTTP."""

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import Metric, make_wsgi_app
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from chassis.observability.logging import get_logger
from chassis.observability.metrics import registry_with

log = get_logger()


@dataclass(frozen=True, eq=False)
class Health(Collector):
    """The dependencies of a process, each with a function that returns whether it is up, and its stuck loops."""

    dependencies: Mapping[str, Callable[[], bool]]
    stuck: Callable[[], list[str]]

    def missing(self) -> list[str]:
        return [name for name, is_up in self.dependencies.items() if not is_up()]

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily(
            "suar_dependency_up", "Whether a dependency of this process answers", labels=["dependency"]
        )
        for name, is_up in self.dependencies.items():
            up.add_metric([name], float(is_up()))
        yield up
        yield GaugeMetricFamily("suar_loops_stuck", "Loops that are stuck", value=len(self.stuck()))


def management_app(health: Health) -> WSGIApplication:
    """Make the application: not ready while a dependency is down, not live while a loop is stuck."""
    metrics: WSGIApplication = make_wsgi_app(registry_with([health]))

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        match environ["PATH_INFO"]:
            case "/metrics":
                return metrics(environ, start_response)
            case "/health/live":
                stuck = health.stuck()
                return _respond(start_response, is_ok=not stuck, status="stuck" if stuck else "live", loops_stuck=stuck)
            case "/health/ready":
                missing = health.missing()
                status = "not ready" if missing else "ready"
                return _respond(start_response, is_ok=not missing, status=status, missing=missing)
            case _:
                return _send(start_response, HTTPStatus.NOT_FOUND, {"status": "not found"})

    return app


def start_management_server(bind: str, health: Health) -> WSGIServer:
    """Serve the management application on `bind` (host:port) in a thread of its own."""
    host, _, port = bind.rpartition(":")
    if not port.isdecimal():
        raise ValueError(f"MANAGEMENT_BIND = {bind!r}: write host:port")
    kind = _Server6 if host.startswith("[") else _Server
    server = kind((host.strip("[]") or "0.0.0.0", int(port)), _Handler)  # noqa: S104 - Prometheus is another host
    server.set_app(management_app(health))
    threading.Thread(target=server.serve_forever, name="management", daemon=True).start()
    log.info("management_server_started", bind=bind)
    return server


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without the reverse DNS look-up of `http.server`, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]
        self.setup_environ()


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = 5

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        log.debug("management_request", line=format % arguments)


def _respond(start_response: StartResponse, *, is_ok: bool, **body: Any) -> Iterable[bytes]:
    return _send(start_response, HTTPStatus.OK if is_ok else HTTPStatus.SERVICE_UNAVAILABLE, body)


def _send(start_response: StartResponse, status: HTTPStatus, body: dict[str, Any]) -> Iterable[bytes]:
    encoded = json.dumps(body).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(encoded)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [encoded]
