"""Keeping the consumer's claim on its messages alive while a batch is handled and the connection is not read."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from kombu import Connection

from chassis.bus.topology import HEARTBEAT_SECONDS, VISIBILITY_SECONDS, is_amqp
from chassis.observability.logging import get_logger

log = get_logger()


class LeaseRenewer:
    """A thread that sends heartbeats (RabbitMQ) or extends the visibility timeout (pgmq), only inside `renewing`.

    Outside of it the connection belongs to the consumer's own thread.
    """

    def __init__(self, connection: Connection, channel: Any) -> None:
        self._connection = connection
        self._channel = channel
        self._interval = HEARTBEAT_SECONDS / 2 if is_amqp(connection) else VISIBILITY_SECONDS / 4
        self._lock = threading.Lock()
        self._is_active = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lease-renewer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()

    @contextmanager
    def renewing(self) -> Iterator[None]:
        """Renew the lease at intervals as long as the block runs."""
        self._is_active = True
        try:
            yield
        finally:
            with self._lock:
                self._is_active = False

    def _run(self) -> None:
        while not self._stopped.wait(self._interval):
            with self._lock:
                if self._is_active:
                    self._renew()

    def _renew(self) -> None:
        try:
            if is_amqp(self._connection):
                self._connection.connection.send_heartbeat()
            else:
                self._channel.renew()
        except Exception as error:  # noqa: BLE001 - the consumer notices it when it acknowledges
            log.warning("lease_renewal_failed", error=repr(error))
