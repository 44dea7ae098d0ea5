"""Consuming a queue in batches: whatever has arrived, up to a limit, is handled as one batch, then acknowledged."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kombu import Connection, Consumer, Queue

from chassis.bus.amqp_library import amqp_transport
from chassis.bus.contracts import Subscription
from chassis.bus.lease import LeaseRenewer
from chassis.bus.message import Incoming
from chassis.bus.topology import Topology, connect, declare, is_amqp
from chassis.observability import metrics
from chassis.observability.logging import get_logger
from chassis.observability.outages import OutageLog

log = get_logger()
Drain = Callable[[float], object]
BATCH = 100
# A batch that takes longer halves the next one, so that stopping is quick and other consumers get their share.
SLOW_BATCH_SECONDS = 1.0
MIN_PAUSE, MAX_PAUSE = 0.2, 2.0


@dataclass
class BusConsumer:
    """Consumes one service's queue until stopped, and reconnects by itself.

    `handle` commits the effects of a batch and returns; only then is the batch acknowledged. Whatever it raises leaves
    the batch unacknowledged: the connection is dropped and the broker delivers again. `ready` is called before each
    connection; while it returns False (the service's own database is down) nothing is consumed.
    """

    url: str
    topology: Topology
    service: str
    subscriptions: list[Subscription]
    handle: Callable[[list[Incoming]], None]
    ready: Callable[[], bool]
    fast_frames: bool = True
    connected: threading.Event = field(default_factory=threading.Event)
    _arrived: list[Incoming] = field(default_factory=list, init=False)
    _limit: int = field(default=BATCH, init=False)
    _outages: OutageLog = field(default_factory=OutageLog, init=False)

    def run(self, stop: threading.Event) -> None:
        pause = MIN_PAUSE
        while not stop.is_set():
            if self.ready():
                try:
                    self._consume(stop)
                except Exception as error:  # noqa: BLE001 - whatever broke the connection, a new one is the remedy
                    pause = MIN_PAUSE if self.connected.is_set() else pause
                    metrics.CONSUMER_INTERRUPTED.inc()
                    reason = repr(error) if self.ready() else "the database of the service does not answer"
                    if self._outages.is_due(reason):
                        log.warning("consumer_interrupted", reason=reason)
                finally:
                    self.connected.clear()
            stop.wait(pause)
            pause = min(pause * 2, MAX_PAUSE)

    def _consume(self, stop: threading.Event) -> None:
        # two: what is unacknowledged is renewed by a thread of its own
        connection = connect(self.url, threads=2)
        try:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=5)
            declare(connection, self.topology, self.service, self.subscriptions)
            channel = connection.channel()
            self._arrived.clear()
            self._subscribe(channel, self.topology.queue(self.service), prefetch=BATCH)
            if is_amqp(connection):
                # One at a time: the broker drops what it delivers from here too often, and a message that kills its
                # consumer would use up the deliveries of all that were prefetched with it.
                self._subscribe(channel, self.topology.dead_letter_queue(self.service), prefetch=1)
            with LeaseRenewer(connection, channel) as renewer:
                self.connected.set()
                drain, patience = self._drain_of(connection)
                while not stop.is_set():
                    self._collect_batch(connection, drain, patience)
                    if self._arrived:
                        self._handle_batch(renewer)
            connection.release()
        finally:
            # No close handshake after an error: a stalled broker never answers it.
            connection.collect()

    def _subscribe(self, channel: Any, queue: Queue, *, prefetch: int) -> None:
        Consumer(
            channel,
            queues=[queue(channel)],
            on_message=self._on_message,
            # What kombu cannot decode is handled as raw bytes.
            on_decode_error=lambda message, _error: self._on_message(message),
            auto_declare=False,
            tag_prefix=self.service,
            prefetch_count=prefetch,
        ).consume()

    def _handle_batch(self, renewer: LeaseRenewer) -> None:
        batch, self._arrived = self._arrived[: self._limit], self._arrived[self._limit :]
        start = time.monotonic()
        with renewer.renewing():
            self.handle(batch)
        batch[-1].message.ack(multiple=True)
        is_slow = time.monotonic() - start > SLOW_BATCH_SECONDS
        self._limit = max(1, len(batch) // 2) if is_slow else min(BATCH, self._limit * 2)

    def _drain_of(self, connection: Connection) -> tuple[Drain, float]:
        """Return how to read what has arrived, and how long to wait for more once something has."""
        if is_amqp(connection):
            return amqp_transport(connection, fast_frames=self.fast_frames).drain, 0.0
        # kombu's own connection.drain_events lists all queues first, each time, to see whether the database answers
        transport, established = connection.transport, connection.connection
        return lambda seconds: transport.drain_events(established, timeout=seconds), 0.001

    def _collect_batch(self, connection: Connection, drain: Drain, patience: float) -> None:
        """Wait for a first message, then collect what has already arrived."""
        while len(self._arrived) < self._limit:
            try:
                drain(patience if self._arrived else 1.0)
            except TimeoutError:
                if not self._arrived:
                    connection.heartbeat_check()
                return

    def _on_message(self, message: Any) -> None:
        body = message.body if isinstance(message.body, bytes) else str(message.body).encode(errors="replace")
        info = message.delivery_info
        queue_read_count = (info.get("pgmq_message") or {}).get("read_ct", 1)
        self._arrived.append(
            Incoming(
                body=body,
                redelivered=bool(info.get("redelivered")) or queue_read_count > 1,
                dead_lettered=str(info.get("routing_key", "")).endswith(".dead"),
                message=message,
            )
        )
