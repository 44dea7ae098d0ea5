"""The look-up behind every authorised request, on connections of its own that always belong to the system tenant."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Engine, bindparam, create_engine, select, update
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import InterfaceError, OperationalError

from chassis.records import columns_of, table_of
from gateway.domain.session import TokenClaims
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence.models import LiveToken

_FIND = select(*columns_of(LiveToken, TokenClaims)).where(
    LiveToken.digest == bindparam("presented"),
    LiveToken.ended_at.is_(None),
    LiveToken.idle_until > bindparam("now"),
    LiveToken.expires_at > bindparam("now"),
)
_EXTEND = (
    update(table_of(LiveToken))
    .where(LiveToken.id == bindparam("token_id"), LiveToken.ended_at.is_(None))
    .values(last_seen_at=bindparam("now"), idle_until=bindparam("until"))
)
T = TypeVar("T")


class TokenLookup:
    """Connections commit by themselves and have their tenant from the start, so a look-up is one round trip."""

    def __init__(self, database_url: str, *, pool_size: int = 2) -> None:
        self._url = make_url(database_url).set(drivername="postgresql+psycopg")
        self._pool_size = pool_size
        self._engine: Engine | None = None
        self._process = 0

    def find(self, digest: bytes, now: datetime) -> TokenClaims | None:
        """Return the claims of the live token with this digest, or None."""
        values = {"presented": digest, "now": now}
        row = self._run(lambda connection: connection.execute(_FIND, values).one_or_none())
        return None if row is None else TokenClaims(*row)

    def extend(self, token_id: UUID, now: datetime, until: datetime) -> None:
        """Record that a session is in use, which extends its idle limit."""
        values = {"token_id": token_id, "now": now, "until": until}
        self._run(lambda connection: connection.execute(_EXTEND, values))

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()

    def _run(self, execute: Callable[[Connection], T]) -> T:
        """Repeat once on a fresh connection: the server may have restarted since the last request."""
        try:
            with self._connect() as connection:
                return execute(connection)
        except (OperationalError, InterfaceError):
            with self._connect() as connection:
                return execute(connection)

    def _connect(self) -> Connection:
        """Return a connection of this very process: one inherited by a fork belongs to the parent."""
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
                    "application_name": "identity-tokens",
                    "connect_timeout": 3,
                    "options": f"-c app.agency_id={SYSTEM_TENANT}",
                },
            )
        return self._engine.connect()
