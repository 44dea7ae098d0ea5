"""A real SMTP server that keeps what it accepts."""

import asyncio
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from notification.domain.email import Letterhead

HEAD = Letterhead("Suar <tidak-dibalas@suar.go.id>", "https://suar.contoh.go.id", "suar.go.id")


class Sink:
    """It keeps what it accepts; `rcpt` and `data` are what it answers instead, `hang` for how long it waits."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[bool, bool, list[str]]] = []
        self.rcpt: str | None = None
        self.data: str | None = None
        self.hang: float | None = None
        self.port = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        if self.hang:
            await asyncio.sleep(self.hang)
        if self.data:
            return self.data
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.envelopes.append((session.ssl is not None, session.authenticated, envelope.rcpt_tos))
        return "250 queued"


def start(sink: Sink, **options: Any) -> Controller:
    with socket.create_server(("127.0.0.1", 0)) as free:
        sink.port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=10, **options)
    controller.start()
    return controller
