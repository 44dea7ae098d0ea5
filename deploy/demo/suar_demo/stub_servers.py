"""What stands outside the system in the demo: a mail server, and another agency's webhook receiver."""

import email
import email.policy
import json
import socket
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from aiosmtpd.controller import Controller
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from suar_demo.cli import LOOPBACK
from suar_demo.client import DemoFailed


@dataclass
class MailSink:
    """A real SMTP server on this machine that keeps what it is given; port 0 takes any that is free."""

    host: str = LOOPBACK
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    _controller: Controller | None = None

    @property
    def url(self) -> str:
        assert self._controller is not None
        return f"smtp://{self.host}:{self._controller.port}"

    def __enter__(self) -> Self:
        self._controller = Controller(self, hostname=self.host, port=self.port or _free_port())
        try:
            self._controller.start()
        except OSError as error:
            raise DemoFailed(f"port {self.port} untuk surel demo sudah dipakai; hentikan dahulu demo lain") from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._controller:
            self._controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if address in str(message["To"])]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@dataclass
class WebhookSink:
    """Another agency's receiver: verifies each signature with the published library, and remembers what was sent.

    It listens at `host`; the system under demonstration reaches it under the name `known_as`.
    """

    host: str = LOOPBACK
    known_as: str = LOOPBACK
    secret: str = ""
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    repeats: int = 0
    refused: int = 0
    _server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://{self.known_as}:{self._server.server_port}/suar"

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer((self.host, 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def receive(self, body: bytes, headers: dict[str, str]) -> int:
        """Take one delivery. Return the HTTP status."""
        try:
            Webhook(self.secret).verify(body, headers)
        except (WebhookVerificationError, ValueError):
            self.refused += 1
            return 401
        event = json.loads(body)
        self.repeats += event["id"] in self.events
        self.events[event["id"]] = event
        return 204

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                body = self.rfile.read(length)
                if len(body) < length:
                    # whoever sent it died in the middle, and will say it again
                    self.close_connection = True
                    return
                status = sink.receive(body, {key.lower(): value for key, value in self.headers.items()})
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """The scenario reports enough."""

        return Handler
