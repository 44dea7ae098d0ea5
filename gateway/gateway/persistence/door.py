"""The look-up behind every authorised request, on connections of its own that always stand at the door."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import InterfaceError, OperationalError

from gateway.persistence.models import DOOR

_FIND = text(
    "SELECT id, kind, subject_id, agency_id, name, employee_id, unit_id, roles, csrf_token, last_seen_at "
    "FROM live_token WHERE digest = :digest AND ended_at IS NULL AND idle_until > :now AND expires_at > :now"
)
_SEEN = text("UPDATE live_token SET last_seen_at = :now, idle_until = :until WHERE id = :id AND ended_at IS NULL")

T = TypeVar("T")


class Door:
    """Connections commit by themselves and carry the door's agency from the start, so a look-up is one round trip."""

    def __init__(self, database_url: str, *, pool_size: int = 2) -> None:
        self._url = make_url(database_url).set(drivername="postgresql+psycopg")
        self._pool_size = pool_size
        self._engine: Engine | None = None
        self._process = 0

    def find(self, digest: bytes, now: datetime) -> Any:
        """The living token with this digest, or None."""
        return self._run(lambda connection: connection.execute(_FIND, {"digest": digest, "now": now}).one_or_none())

    def seen(self, token_id: UUID, now: datetime, until: datetime) -> None:
        """Note that a session is in use, which moves its idle limit on."""
        self._run(lambda connection: connection.execute(_SEEN, {"id": token_id, "now": now, "until": until}))

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()

    def _run(self, ask: Callable[[Connection], T]) -> T:
        """Ask once more on a fresh connection: the server may have restarted since the last request."""
        try:
            with self._connect() as connection:
                return ask(connection)
        except (OperationalError, InterfaceError):
            with self._connect() as connection:
                return ask(connection)

    def _connect(self) -> Connection:
        """A connection of this very process: one inherited by a fork belongs to the parent."""
        if self._engine is None or self._process != os.getpid():
            self._process = os.getpid()
            self._engine = create_engine(
                self._url,
                pool_size=self._pool_size,
                max_overflow=self._pool_size,
                pool_timeout=5,
                pool_recycle=1800,
                isolation_level="AUTOCOMMIT",
                connect_args={
                    "application_name": "identity-door",
                    "connect_timeout": 3,
                    "options": f"-c app.agency_id={DOOR}",
                },
            )
        return self._engine.connect()
