"""Waiting for a NOTIFY, with polling as the fallback."""

import threading
import time

import psycopg
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

_NOTIFY = text("SELECT pg_notify(:channel, '')")


def notify(session: Session, channel: str) -> None:
    """Wake the listeners of a PostgreSQL channel once the session's transaction has committed."""
    session.execute(_NOTIFY, {"channel": channel})


class Listener:
    """Listens on one channel over a connection of its own."""

    def __init__(self, engine: Engine, channel: str) -> None:
        url = engine.url.set(drivername="postgresql")
        self._dsn = url.render_as_string(hide_password=False)
        self._channel = channel
        self._connection: psycopg.Connection | None = None

    def open(self) -> None:
        """Connect and LISTEN unless connected already; whatever commits from now on wakes `wait`."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=5, application_name="listen")
            self._connection.execute(f'LISTEN "{self._channel}"')

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Wait for a notification, at most `seconds` or until stopped; return whether one came."""
        self.open()
        assert self._connection is not None
        deadline = time.monotonic() + seconds
        while not stop.is_set():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            for _ in self._connection.notifies(timeout=min(left, 0.5), stop_after=1):
                return True
        return False

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
