"""Carry events to subscribers' endpoints.

A subscription is leased to one worker at a time. Within it the events of one subject go out one after another, those
of different subjects side by side. An outcome is committed after the answer, in batches: who dies in between sends
those of the last batch again, with the same webhook-id.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import DBAPIError
from structlog.contextvars import bound_contextvars

from chassis.bus.envelope import Event
from chassis.observability import metrics, tracing
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.clients.signing import signed_headers
from notification.clients.webhooks import Reply
from notification.domain.feed import chains
from notification.domain.grants import Channel
from notification.domain.retries import DELIVERY_MINUTES, Outcome, endpoint_rest, judge_status, next_attempt
from notification.persistence import deliveries, subscriptions, webhook_queue
from notification.persistence.deliveries import Failure, Outgoing
from notification.persistence.models import SubscriptionRow
from notification.persistence.webhook_queue import Lease
from notification.use_cases.end_subscription import disable
from notification.use_cases.grants import today
from notification.use_cases.outside import Outside

log = get_logger()
WINDOW = 200
SENDERS = 4
ENDPOINTS = 8
SERVE_SECONDS = 20.0
# Outcomes are committed at least this often: what a dead worker repeats is no more than it sent in that time.
SLICE_SECONDS = 1.0
DOWN_AFTER = 3
Pause = Callable[[threading.Event], object]


@dataclass(frozen=True)
class _Load:
    """What may go out now, one chain for each subject."""

    url: str
    secrets: Sequence[str]
    chains: Sequence[Sequence[Outgoing]]


@dataclass
class _Results:
    delivered: list[tuple[Outgoing, Reply]] = field(default_factory=list)
    failed: list[tuple[Outgoing, Reply, Outcome]] = field(default_factory=list)
    down: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Dispatcher:
    """Serves due subscriptions; safe for several processes at once."""

    work: UnitOfWork
    outside: Outside
    senders: int = SENDERS
    endpoints: int = ENDPOINTS

    def __post_init__(self) -> None:
        self._senders = ThreadPoolExecutor(self.senders * self.endpoints, thread_name_prefix="webhook-sender")
        self._servers = ThreadPoolExecutor(self.endpoints, thread_name_prefix="webhook-endpoint")
        self._held: dict[Lease, None] = {}

    def dispatch_due(self, stop: threading.Event | None = None) -> int:
        """Serve what is due now, once; gives how many events were acknowledged."""
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
            self._run(running, stop, pause)
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

    def _run(self, running: set[Future[int]], stop: threading.Event, pause: Pause) -> None:
        while not stop.is_set():
            free = self.endpoints - len(running)
            leases = webhook_queue.claim(self.work.database.engine, free) if free else []
            running |= {self._servers.submit(self.serve, lease, stop) for lease in leases}
            if running:
                done, _ = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
                running -= done
                for one in done:
                    if (fault := one.exception()) is not None:
                        log.error("webhook_serving_failed", error=repr(fault))
            elif not leases:
                pause(stop)

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
            load = self._load(lease)
            if load is None or not load.chains:
                break
            results = self._send(load, min(until, time.monotonic() + SLICE_SECONDS), stop)
            rest = self._record(lease, results)
            acknowledged += len(results.delivered)
        with self.work.transaction(lease.agency_id) as tx:
            row = subscriptions.find_subscription(tx, lease.subscription_id)
            active = row is not None and row.state == "ACTIVE"
            due = deliveries.next_due(tx, lease.subscription_id) if active else None
        webhook_queue.release(self.work.database.engine, lease, due, datetime.now(UTC) + rest if rest else None)
        return acknowledged

    def _load(self, lease: Lease) -> _Load | None:
        with self.work.transaction(lease.agency_id) as tx:
            row = subscriptions.find_subscription(tx, lease.subscription_id, lock=True)
            if row is None or row.state != "ACTIVE" or not webhook_queue.is_held(tx, lease):
                return None
            kinds = _granted_kinds(tx, row)
            if kinds is None:
                disable(tx, row, "GRANT_ENDED")
                return None
            deliveries.refill(tx, row, kinds)
            room = WINDOW if row.consecutive_failures == 0 else 1
            chosen = chains(deliveries.waiting(tx, row.subscription_id), room)
            found = deliveries.outgoing(tx, row.subscription_id, [position for chain in chosen for position in chain])
            secrets = [
                self.outside.box.open(sealed) for sealed in subscriptions.sealed_secrets(tx, row.subscription_id)
            ]
            return _Load(row.url, secrets, [[found[position] for position in chain] for chain in chosen])

    def _send(self, load: _Load, until: float, stop: threading.Event) -> _Results:
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

        hands = min(self.senders, len(load.chains))
        if hands == 1:
            work_through()
        else:
            for task in [self._senders.submit(work_through) for _ in range(hands)]:
                task.result()
        return results

    def _send_one(self, load: _Load, one: Outgoing, results: _Results) -> bool:
        headers = signed_headers(one.event_id, one.body, load.secrets)
        event = Event.parse(one.body)
        with (
            bound_contextvars(request_id=event.correlation_id, event_id=str(event.id)),
            tracing.span("webhook", tracing.Kind.CLIENT, event.traceparent) as span,
        ):
            trail = {"traceparent": span.traceparent, "x-request-id": event.correlation_id}
            reply = self.outside.caller.post(load.url, headers | trail, one.body.encode())
            span.set_attributes(**{"http.response.status_code": reply.status, "error.type": reply.error})
        outcome = judge_status(reply.status) if reply.status is not None else Outcome.ENDPOINT_DOWN
        metrics.delivered("webhook", outcome.value.lower(), reply.duration_ms / 1000)
        with results.lock:
            if outcome is Outcome.DELIVERED:
                results.delivered.append((one, reply))
                return True
            results.failed.append((one, reply, outcome))
        if outcome is not Outcome.REFUSED:
            results.down.set()
        return False

    def _record(self, lease: Lease, results: _Results) -> timedelta:
        """Commit the outcomes; gives how long the endpoint is to be left alone."""
        now = datetime.now(UTC)
        with self.work.transaction(lease.agency_id) as tx:
            row = subscriptions.find_subscription(tx, lease.subscription_id, lock=True)
            if row is None:
                return timedelta()
            sent = [(one.delivery_id, reply.status or 0, reply.duration_ms) for one, reply in results.delivered]
            deliveries.mark_delivered(tx, sent)
            for one, reply, outcome in results.failed:
                deliveries.mark_failed(tx, _failure(one, reply, outcome, now))
            return _judge_endpoint(tx, row, results, now, self.outside)


def _granted_kinds(tx: Transaction, row: SubscriptionRow) -> list[str] | None:
    """The subscription's types that its client may still receive; None when the grant is over."""
    found = subscriptions.open_grant(tx, row.client_id)
    grant = subscriptions.grant_of(found) if found else None
    if grant is None or not grant.is_active(today(tx)) or Channel.WEBHOOK not in grant.channels:
        return None
    return [kind for kind in row.event_types if kind in grant.event_types]


def _failure(one: Outgoing, reply: Reply, outcome: Outcome, now: datetime) -> Failure:
    attempts = one.attempts + 1
    return Failure(
        delivery_id=one.delivery_id, attempts=attempts, at=now, status=reply.status,
        error=reply.error or f"HTTP_{reply.status}", duration_ms=reply.duration_ms,
        next_attempt_at=next_attempt(attempts, now, DELIVERY_MINUTES, reply.retry_after),
        endpoint_failure=outcome is not Outcome.REFUSED,
    )  # fmt: skip


def _judge_endpoint(
    tx: Transaction, row: SubscriptionRow, results: _Results, now: datetime, outside: Outside
) -> timedelta:
    was_down = row.consecutive_failures >= DOWN_AFTER
    if results.delivered:
        row.consecutive_failures, row.failing_since = 0, None
        if was_down:
            deliveries.hurry(tx, row.subscription_id, endpoint_failures_only=True)
    if not results.failed:
        return timedelta()
    if not results.delivered:
        row.failing_since = row.failing_since or now
    if row.state == "ACTIVE":
        if any(outcome is Outcome.GONE for _, _, outcome in results.failed):
            disable(tx, row, "ENDPOINT_GONE")
            return timedelta()
        if outside.patience.is_over(row.failing_since, now):
            disable(tx, row, "ENDPOINT_FAILING", days=outside.patience.days)
            return timedelta()
    if any(outcome is Outcome.ENDPOINT_DOWN for _, _, outcome in results.failed):
        row.consecutive_failures += 1
        return endpoint_rest(row.consecutive_failures)
    return timedelta()
