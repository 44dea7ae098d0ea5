"""One engine per process, and transactions that see one agency's rows only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.types.array import ListBinaryDumper
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

_BEGIN = sql.SQL("BEGIN; SELECT set_config('app.agency_id', {}, true)")


def engine_for(url: str, *, pool_size: int = 4, application: str = "suar") -> Engine:
    """Make an engine on psycopg 3; connections are checked before use, because servers restart."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(
        parsed,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_timeout=10,
        hide_parameters=True,  # an error in a log shows the statement, never what people wrote
        connect_args={"application_name": application, "connect_timeout": 5},
    )
    engine.dialect.do_ping = _ping  # type: ignore[method-assign]
    event.listen(engine, "connect", _send_lists_in_binary)
    return engine


def _send_lists_in_binary(connection: psycopg.Connection[Any], _record: object) -> None:
    """Let arrays go as they are: as text each element is searched for quotes, and costs forty times as much."""
    connection.adapters.register_dumper(list, ListBinaryDumper)


class Database:
    """Opens sessions on one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def connect(cls, url: str, *, pool_size: int = 4, application: str = "suar") -> "Database":
        return cls(engine_for(url, pool_size=pool_size, application=application))

    @contextmanager
    def session(self, agency_id: str) -> Iterator[Session]:
        """One transaction that sees the rows of `agency_id` only; committed at the end, rolled back on an exception."""
        with Session(self.engine, expire_on_commit=False) as session:
            self._begin(session, agency_id)
            yield session
            session.commit()

    def is_up(self) -> bool:
        """Return whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - whatever the reason, it is not up
            return False
        return True

    def _begin(self, session: Session, agency_id: str) -> None:
        """Send BEGIN and the agency in one message: as two statements they cost more than most requests' work."""
        driver: Any = session.connection().connection.driver_connection
        statement = _BEGIN.format(sql.Literal(agency_id)).as_bytes(driver)
        try:
            _execute_raw(driver, statement)
        except psycopg.Error as error:
            decoded = statement.decode(errors="replace")
            raise DBAPIError.instance(decoded, None, error, psycopg.Error, dialect=self.engine.dialect) from error


def _execute_raw(driver: Any, statement: bytes) -> None:
    """Execute by libpq in one round trip, without a cursor."""
    result = driver.pgconn.exec_(statement)
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.EMPTY_QUERY}:
        raise error_from_result(result)


def _ping(dbapi_connection: Any) -> bool:
    """Return whether a pooled connection is alive; SQLAlchemy's own ping switches autocommit on and off for it."""
    try:
        _execute_raw(dbapi_connection, b"")
    except psycopg.Error:
        return False
    return True
