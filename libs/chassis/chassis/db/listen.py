"""Waiting for a NOTIFY, with one cheap question from time to time as the fallback."""

import threading
import time
from collections.abc import Mapping
from typing import Any, LiteralString

import psycopg
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

_NOTIFY = text("SELECT pg_notify(:channel, '')")
# A stopping worker waits no longer than this for who waits here.
LONGEST_WAIT_SECONDS = 1.0


def notify(session: Session, channel: str) -> None:
    """Wake the listeners of a PostgreSQL channel once the session's transaction has committed."""
    session.execute(_NOTIFY, {"channel": channel})


class Listener:
    """Listens on channels over a connection of its own, on which it can also ask.

    A question is one round trip without a transaction around it: asked every second it costs a tenth of a millisecond,
    where a pooled connection with its check, BEGIN and COMMIT costs ten times as much.
    """

    def __init__(self, engine: Engine, *channels: str) -> None:
        url = engine.url.set(drivername="postgresql")
        self._dsn = url.render_as_string(hide_password=False)
        self._channels = channels
        self._connection: psycopg.Connection | None = None

    def open(self) -> psycopg.Connection:
        """Connect and LISTEN unless connected already; whatever commits from now on wakes `wait`."""
        connection = self._connection
        if connection is None or connection.closed:
            connection = psycopg.connect(self._dsn, autocommit=True, connect_timeout=5, application_name="listen")
            self._connection = connection
            for channel in self._channels:
                connection.execute(f'LISTEN "{channel}"')
        return connection

    def ask(self, question: LiteralString, values: Mapping[str, object] | None = None) -> tuple[Any, ...]:
        """Return the one row that answers."""
        row = self.open().execute(question, values).fetchone()
        assert row is not None
        return row

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Wait for a notification, at most `seconds` or until stopped; return whether one came."""
        connection = self.open()
        deadline = time.monotonic() + seconds
        while not stop.is_set():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            for _ in connection.notifies(timeout=min(left, LONGEST_WAIT_SECONDS), stop_after=1):
                return True
        return False

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
