"""Telling the broker that a reader lives while it is busy with a batch and does not look at its connection."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from kombu import Connection

from chassis.bus.embedded import HOLD_SECONDS
from chassis.bus.topology import HEARTBEAT_SECONDS, is_amqp
from chassis.observability.logging import get_logger

log = get_logger()


class Keeper:
    """A thread that acts on the connection only inside `holding`, when its owner does not."""

    def __init__(self, connection: Connection, channel: Any) -> None:
        self._connection = connection
        self._channel = channel
        self._every = HEARTBEAT_SECONDS / 2 if is_amqp(connection) else HOLD_SECONDS / 4
        self._lock = threading.Lock()
        self._busy = False
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()

    @contextmanager
    def holding(self) -> Iterator[None]:
        self._busy = True
        try:
            yield
        finally:
            with self._lock:
                self._busy = False

    def _run(self) -> None:
        while not self._done.wait(self._every):
            with self._lock:
                if self._busy:
                    self._renew()

    def _renew(self) -> None:
        try:
            if is_amqp(self._connection):
                self._connection.connection.send_heartbeat()
            else:
                self._channel.renew()
        except Exception as error:  # noqa: BLE001 - the reader finds out by itself when it acknowledges
            log.warning("bus_not_kept", error=repr(error))
