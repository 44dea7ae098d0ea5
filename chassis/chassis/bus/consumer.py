"""Reading a queue greedily: whatever has arrived, up to a limit, is handed over as one batch, then acknowledged."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kombu import Connection, Consumer, Queue

from chassis.bus.keeper import Keeper
from chassis.bus.topology import Topology, connect, declare, is_amqp
from chassis.bus.wire import Wire
from chassis.observability import metrics
from chassis.observability.logging import get_logger

log = get_logger()
Drain = Callable[[float], object]
BATCH = 100
# A batch that takes longer makes the next one smaller, so that stopping is quick and others get their share.
LONG_SECONDS = 1.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 2.0


@dataclass(frozen=True)
class Incoming:
    """One delivery: what came, whether it has been delivered before, and whether the broker gave it up."""

    body: bytes
    redelivered: bool
    dead: bool
    message: Any = field(repr=False, compare=False)


@dataclass
class BusConsumer:
    """Consumes one service's queue until stopped; reconnects by itself.

    `handle` commits the effects of a batch and returns; only then is the batch acknowledged. Whatever it raises leaves
    the batch unacknowledged: the connection is dropped and the broker delivers again. `ready` is asked before each
    connection: while it answers False (the service's own database is down) nothing is consumed.
    """

    url: str
    topology: Topology
    service: str
    hears: list[tuple[str, str, int]]
    handle: Callable[[list[Incoming]], None]
    ready: Callable[[], bool]
    connected: threading.Event = field(default_factory=threading.Event)
    _arrived: list[Incoming] = field(default_factory=list, init=False)
    _limit: int = field(default=BATCH, init=False)

    def run(self, stop: threading.Event) -> None:
        pause = SHORTEST_PAUSE
        while not stop.is_set():
            if self.ready():
                try:
                    self._consume(stop)
                except Exception as error:  # noqa: BLE001 - whatever cuts the connection, the cure is a new one
                    pause = SHORTEST_PAUSE if self.connected.is_set() else pause
                    metrics.BUS_LOST.inc()
                    log.warning("bus_connection_lost", error=repr(error), retry_in=pause)
                finally:
                    self.connected.clear()
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _consume(self, stop: threading.Event) -> None:
        connection = connect(self.url)
        try:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=5)
            declare(connection, self.topology, self.service, self.hears)
            channel = connection.channel()
            self._arrived.clear()
            self._read(channel, self.topology.queue(self.service), at_once=BATCH)
            if is_amqp(connection):
                # the broker throws away what it had to deliver from here too often: a culprit takes no other with it
                self._read(channel, self.topology.dead_queue(self.service), at_once=1)
            with Keeper(connection, channel) as keeper:
                self.connected.set()
                drain, patience = self._reading(connection)
                while not stop.is_set():
                    self._gather(connection, drain, patience)
                    if self._arrived:
                        self._handle(keeper)
            connection.release()
        finally:
            # no farewell after an error: a broker that has stalled would never answer it
            connection.collect()

    def _read(self, channel: Any, queue: Queue, *, at_once: int) -> None:
        Consumer(
            channel,
            queues=[queue(channel)],
            on_message=self._collect,
            # what kombu cannot unpack is handed over as it came
            on_decode_error=lambda message, _error: self._collect(message),
            auto_declare=False,
            tag_prefix=self.service,
            prefetch_count=at_once,
        ).consume()

    def _handle(self, keeper: Keeper) -> None:
        batch, self._arrived = self._arrived[: self._limit], self._arrived[self._limit :]
        start = time.monotonic()
        with keeper.holding():
            self.handle(batch)
        batch[-1].message.ack(multiple=True)
        is_long = time.monotonic() - start > LONG_SECONDS
        self._limit = max(1, len(batch) // 2) if is_long else min(BATCH, self._limit * 2)

    def _reading(self, connection: Connection) -> tuple[Drain, float]:
        """How to take what has arrived, and how long to look whether there is more."""
        if is_amqp(connection):
            return Wire(connection).hear, 0.0
        return lambda seconds: connection.drain_events(timeout=seconds), 0.001

    def _gather(self, connection: Connection, drain: Drain, patience: float) -> None:
        """Wait for something; then take what has already arrived, waiting for nothing more."""
        while len(self._arrived) < self._limit:
            try:
                drain(patience if self._arrived else 1.0)
            except TimeoutError:
                if not self._arrived:
                    connection.heartbeat_check()
                return

    def _collect(self, message: Any) -> None:
        body = message.body if isinstance(message.body, bytes) else str(message.body).encode(errors="replace")
        info = message.delivery_info
        queue_read_count = (info.get("pgmq_message") or {}).get("read_ct", 1)
        self._arrived.append(
            Incoming(
                body=body,
                redelivered=bool(info.get("redelivered")) or queue_read_count > 1,
                dead=str(info.get("routing_key", "")).endswith(".dead"),
                message=message,
            )
        )
