"""The loops that this service adds to a worker: places in the feed, e-mail, webhooks.

Each wakes by NOTIFY; what becomes due by itself is found by a question each second. A subscription is leased to one
worker at a time. Within it the events of one subject go out one after another, those of different subjects side by
side. An outcome is committed after the answer, in batches: who dies in between sends those of the last batch again,
with the same webhook-id.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import LiteralString

from sqlalchemy.exc import DBAPIError
from structlog.contextvars import bound_contextvars

from chassis.bus.envelope import Event
from chassis.db.listen import Listener
from chassis.observability import metrics, tracing
from chassis.observability.logging import get_logger
from chassis.unit_of_work import UnitOfWork
from notification.clients.outbound import OutboundClients
from notification.clients.signing import signed_headers
from notification.clients.smtp import ServerAway
from notification.domain.delivery import Call, Outgoing
from notification.domain.retries import Outcome
from notification.persistence import emails, feed, webhook_queue
from notification.persistence.deliveries import next_due
from notification.persistence.event_types import event_catalogue
from notification.persistence.subscriptions import load_subscription
from notification.persistence.webhook_queue import Lease
from notification.use_cases.deliveries.record import record_calls
from notification.use_cases.deliveries.take import Load, take_deliveries
from notification.use_cases.emails.deliver import PostOffice, deliver_emails
from notification.use_cases.feed.place import place_all_events

log = get_logger()
POLL_SECONDS = 1.0
HELD_PAUSE_SECONDS = 0.25
BREAK_SECONDS = 0.1
SERVER_REST_SECONDS = (5, 15, 30, 60, 120, 300)
SENDERS = 4
ENDPOINTS = 8
SERVE_SECONDS = 20.0
# Outcomes are committed at least this often: what a dead worker repeats is no more than it sent in that time.
SLICE_SECONDS = 1.0
Pause = Callable[[threading.Event], object]


@dataclass
class _Results:
    calls: list[Call] = field(default_factory=list)
    down: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Dispatcher:
    """Serves due subscriptions; safe for several processes at once."""

    work: UnitOfWork
    outbound: OutboundClients
    senders: int = SENDERS
    endpoints: int = ENDPOINTS

    def __post_init__(self) -> None:
        self._senders = ThreadPoolExecutor(self.senders * self.endpoints, thread_name_prefix="webhook-sender")
        self._servers = ThreadPoolExecutor(self.endpoints, thread_name_prefix="webhook-endpoint")
        self._held: dict[Lease, None] = {}

    def dispatch_due(self, stop: threading.Event | None = None) -> int:
        """Serve what is due now, once; return how many events were acknowledged."""
        halt = stop or threading.Event()
        leases = webhook_queue.claim(self.work.database.engine, self.endpoints)
        return sum(self._servers.map(lambda lease: self.serve(lease, halt), leases))

    def run(self, stop: threading.Event, pause: Pause) -> None:
        """Serve until stopped; an endpoint that is slow holds up no other."""
        running: set[Future[int]] = set()
        over = threading.Event()
        heart = threading.Thread(target=self._beat, args=(over,), name="webhook-heartbeat", daemon=True)
        heart.start()
        try:
            while not stop.is_set():
                free = self.endpoints - len(running)
                leases = webhook_queue.claim(self.work.database.engine, free) if free else []
                running |= {self._servers.submit(self.serve, lease, stop) for lease in leases}
                if running:
                    done, _ = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                    running -= done
                    for fault in filter(None, (one.exception() for one in done)):
                        log.error("webhook_serving_failed", error=repr(fault))
                elif not leases:
                    pause(stop)
        finally:
            wait(running)
            over.set()
            heart.join()

    def _beat(self, over: threading.Event) -> None:
        """Renew what is held; a database that is away is tried again, and the lease may be lost meanwhile."""
        while not over.wait(webhook_queue.HEARTBEAT_SECONDS):
            try:
                webhook_queue.renew(self.work.database.engine, list(self._held))
            except DBAPIError as error:
                log.warning("webhook_lease_not_renewed", error=repr(error))

    def close(self) -> None:
        self._servers.shutdown(cancel_futures=True)
        self._senders.shutdown(cancel_futures=True)

    def serve(self, lease: Lease, stop: threading.Event) -> int:
        """Send what a leased subscription has, for a while; then give it back."""
        self._held[lease] = None
        try:
            return self._serve(lease, stop)
        finally:
            del self._held[lease]

    def _serve(self, lease: Lease, stop: threading.Event) -> int:
        until = time.monotonic() + SERVE_SECONDS
        acknowledged, rest = 0, timedelta()
        while not stop.is_set() and not rest and time.monotonic() < until:
            load = take_deliveries(self.work, lease, self.outbound.box)
            if load is None or not load.chains:
                break
            calls = self._send(load, min(until, time.monotonic() + SLICE_SECONDS), stop)
            rest = record_calls(self.work, lease, calls, self.outbound.patience)
            acknowledged += sum(call.reply.outcome is Outcome.DELIVERED for call in calls)
        with self.work.transaction(lease.agency_id) as tx:
            is_active = load_subscription(tx, lease.subscription_id).is_active
            due = next_due(tx, lease.subscription_id) if is_active else None
        webhook_queue.release(self.work.database.engine, lease, due, datetime.now(UTC) + rest if rest else None)
        return acknowledged

    def _send(self, load: Load, until: float, stop: threading.Event) -> list[Call]:
        results = _Results()
        waiting = iter(load.chains)

        def work_through() -> None:
            while True:
                with results.lock:
                    chain = next(waiting, None)
                if chain is None:
                    return
                for one in chain:
                    if stop.is_set() or results.down.is_set() or time.monotonic() > until:
                        return
                    if not self._send_one(load, one, results):
                        break

        threads = min(self.senders, len(load.chains))
        if threads == 1:
            work_through()
        else:
            for task in [self._senders.submit(work_through) for _ in range(threads)]:
                task.result()
        return results.calls

    def _send_one(self, load: Load, one: Outgoing, results: _Results) -> bool:
        headers = signed_headers(one.event_id, one.body, load.secrets)
        event = Event.parse(one.body)
        notice = event_catalogue(self.work.contracts.folder).notice(feed.kind_of(event))
        with (
            bound_contextvars(request_id=event.correlation_id, event_id=str(event.id)),
            tracing.span("webhook", tracing.Kind.CLIENT, event.traceparent) as span,
        ):
            trail = {"traceparent": span.traceparent, "x-request-id": event.correlation_id}
            headers |= trail | (notice.headers if notice else {})
            reply = self.outbound.caller.post(load.url, headers, one.body.encode())
            span.set_attributes(**{"http.response.status_code": reply.status, "error.type": reply.error})
        metrics.delivered("webhook", reply.outcome.value.lower(), reply.duration_ms / 1000)
        with results.lock:
            results.calls.append(Call(one, reply))
        if reply.outcome in {Outcome.ENDPOINT_DOWN, Outcome.GONE}:
            results.down.set()
        return reply.outcome is Outcome.DELIVERED


@dataclass
class Loops:
    work: UnitOfWork
    office: PostOffice
    dispatcher: Dispatcher

    def feed(self, stop: threading.Event) -> None:
        placed_at = 0.0
        with closing(Listener(self.work.database.engine, feed.WAKE_CHANNEL)) as listener:
            while not stop.is_set():
                listener.open()
                # While events come without a break they are placed some times a second, and not batch by batch.
                if time.monotonic() - placed_at < BREAK_SECONDS:
                    stop.wait(BREAK_SECONDS)
                if place_all_events(self.work, stop):
                    placed_at = time.monotonic()
                elif listener.ask(feed.IS_WAITING)[0]:
                    stop.wait(HELD_PAUSE_SECONDS)
                else:
                    _wait(listener, feed.IS_WAITING, stop)

    def email(self, stop: threading.Event) -> None:
        failures = 0
        with closing(Listener(self.work.database.engine, emails.WAKE_CHANNEL)) as listener:
            while not stop.is_set():
                listener.open()
                try:
                    sent = deliver_emails(self.work, self.office)
                    failures = 0
                except ServerAway as away:
                    rest = SERVER_REST_SECONDS[min(failures, len(SERVER_REST_SECONDS) - 1)]
                    failures += 1
                    log.warning("mail_server_away", error=str(away), retry_in=rest)
                    stop.wait(rest)
                    continue
                if not sent:
                    _wait(listener, emails.IS_DUE, stop)

    def webhooks(self, stop: threading.Event) -> None:
        with closing(Listener(self.work.database.engine, webhook_queue.WAKE_CHANNEL)) as listener:
            listener.open()
            self.dispatcher.run(stop, lambda halt: _wait(listener, webhook_queue.IS_DUE, halt))


def _wait(listener: Listener, question: LiteralString, stop: threading.Event) -> None:
    """Wait until notified, or until the question, asked from time to time, is answered by true."""
    while not stop.is_set() and not listener.wait(POLL_SECONDS, stop):
        if listener.ask(question)[0]:
            return
