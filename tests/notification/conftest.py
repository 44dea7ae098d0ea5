"""The service on a real database, a real SMTP server, a real webhook receiver."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from chassis.auth import Principal
from chassis.bus.envelope import Event
from chassis.ids import new_id
from notification.loops import Dispatcher
from notification.use_cases.feed.place import place_all_events
from testkit.service import ServiceUnderTest
from tests.notification.builders import SUBSCRIPTIONS

FRIDAY = 4
TYPES = ["appraisal.PlanActivated.v1", "appraisal.ObjectionFiled.v1", "appraisal.AppraisalIssued.v1"]


@pytest.fixture(scope="session")
def service(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    """It begins on a weekday at noon in Jakarta, when e-mail is sent at once."""
    made = make_service("notification")
    noon = datetime.combine(datetime.now(UTC), time(5), UTC)
    made.clock.turn(noon + timedelta(days=(7 - noon.weekday()) if noon.weekday() > FRIDAY else 0))
    return made


@pytest.fixture
def consume(service: ServiceUnderTest, agency: str) -> Callable[..., Event]:
    """Deliver an event to the service, as one of this test's agency."""

    def deliver(producer: str, name: str, data: dict[str, Any], *, subject: object = None, **options: Any) -> Event:
        subject = subject or data.get("employee_id") or data.get("unit_id") or new_id()
        return service.deliver(name, data, producer=producer, agency=agency, subject=subject, **options)

    return deliver


@dataclass
class Received:
    headers: dict[str, str]
    body: str
    path: str
    port: int

    @property
    def event(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """An agency's endpoint: answers what `answer` says, keeps what came, and knows its connections."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], int | tuple[int, dict[str, str]]] = lambda _one: 204
    lock: threading.Lock = field(default_factory=threading.Lock)

    def verified(self, secret: str) -> list[dict[str, Any]]:
        """Every event received, checked with the published library."""
        return [Webhook(secret).verify(one.body, one.headers) for one in self.received]

    @property
    def connections(self) -> int:
        return len({one.port for one in self.received})


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A real HTTP server on a port of its own."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:
                # the sender was killed in the middle of it
                self.close_connection = True
                return
            one = Received(dict(self.headers.items()), body.decode(), self.path, self.client_address[1])
            with found.lock:
                found.received.append(one)
            answer = found.answer(one)
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A sender that was killed is no error here."""

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    found.url = f"{'https' if context else 'http'}://127.0.0.1:{server.server_address[1]}/hook"
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with serving() as found:
        yield found


@pytest.fixture
def receiver_tls(certificate: tuple[ssl.SSLContext, str]) -> Iterator[Receiver]:
    with serving(certificate[0]) as found:
        yield found


@pytest.fixture
def subscriber(service: ServiceUnderTest, person: Callable[..., Principal], agency: str) -> Principal:
    """A client with a grant on both channels."""
    client = person("subscriber")
    body = {
        "client_id": str(client.account_id),
        "subscriber_name": "Badan Kepegawaian Contoh",
        "event_types": TYPES,
        "channels": ["WEBHOOK", "FEED"],
        "legal_basis": "Perjanjian pertukaran data 1/2026",
    }
    answer = service.client(person("hr_officer")).post("/api/v1/notification/grants", json=body)
    assert answer.status_code == 201, answer.json
    return client


@pytest.fixture
def subscribed(service: ServiceUnderTest, subscriber: Principal, receiver: Receiver) -> Any:
    """A subscription to the receiver: its row, its secret."""
    answer = service.client(subscriber).post("/api/v1/notification/subscriptions", json={"url": receiver.url})
    assert answer.status_code == 201, answer.json
    return answer.json


@pytest.fixture(scope="session")
def dispatcher(service: ServiceUnderTest) -> Iterator[Dispatcher]:
    made = Dispatcher(service.work, service.app.extensions["notification_outbound"])
    yield made
    made.close()


@pytest.fixture
def carry(service: ServiceUnderTest, dispatcher: Dispatcher) -> Callable[[], int]:
    """Place the received events and carry them out, as the worker's loops do."""

    def once() -> int:
        while place_all_events(service.work):
            pass
        sent = 0
        while done := dispatcher.dispatch_due():
            sent += done
        return sent

    return once


@pytest.fixture
def url(subscribed: dict[str, Any]) -> str:
    return f"{SUBSCRIPTIONS}/{subscribed['subscription']['subscription_id']}"
