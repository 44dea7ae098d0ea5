"""At which version the tables of a database stand, and at which the code needs them.

Each database has a table `schema_version` with one row for each migration that it has run, of several parts: the
messaging tables (of the chassis), the tables of each package that the service includes, and the service's own.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import Connection
from sqlalchemy.engine import make_url

from chassis.db.availability import reason_of
from chassis.db.migration_files import MESSAGING, SERVICE, included_by, migrations_of, read_migrations, tables_of
from chassis.observability.logging import get_logger

log = get_logger()
CONNECT_SECONDS = 5
RETRY_SECONDS = 1.0
_CREATE = """
CREATE TABLE IF NOT EXISTS schema_version (
    part text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (part, version)
)
"""
# Tables made before packages had tables allow two parts only.
_OLD_CHECK = "SELECT 1 FROM pg_constraint WHERE conname = 'schema_version_part_check'"
_DROP_OLD_CHECK = "ALTER TABLE schema_version DROP CONSTRAINT IF EXISTS schema_version_part_check"
_INSERT = "INSERT INTO schema_version (part, version, name) VALUES (%s, %s, %s)"
_SELECT = "SELECT part, max(version) FROM schema_version GROUP BY part"


class DatabaseOlderThanCode(Exception):
    """The tables of a database are older than the code that is about to use them."""


@dataclass(frozen=True)
class SchemaVersion:
    """The version of each part; a part that is not named has no tables yet."""

    parts: Mapping[str, int]

    def is_older_than(self, other: "SchemaVersion") -> bool:
        return any(self.parts.get(part, 0) < version for part, version in other.parts.items())


def connect(database_url: str, *, application: str) -> Connection:
    """Open a connection in autocommit mode; accepts what SQLAlchemy accepts as a URL."""
    url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS, application_name=application)


def create_version_table(connection: Connection) -> None:
    connection.execute(_CREATE)
    # looked for first: the lock of ALTER TABLE would wait for a running backup
    if connection.execute(_OLD_CHECK).fetchone():
        connection.execute(_DROP_OLD_CHECK)


def record_version(connection: Connection, part: str, version: int, name: str) -> None:
    connection.execute(_INSERT, [part, version, name])


def version_of_database(connection: Connection) -> SchemaVersion:
    """Return where a database stands. The connection must be in autocommit mode and outside a transaction."""
    try:
        rows = connection.execute(_SELECT).fetchall()
    except psycopg.errors.UndefinedTable:
        return SchemaVersion({})
    return SchemaVersion(dict(rows))


def version_of_code(migrations: Path) -> SchemaVersion:
    """Return the version that a component's code needs."""
    service = read_migrations(migrations)
    included = {part: len(read_migrations(tables_of(part))) for part in included_by(service)}
    return SchemaVersion({**included, SERVICE: len(service)})


def is_behind(database_url: str, component: str) -> bool:
    """Return whether a component's database must be migrated before its code can use it."""
    with connect(database_url, application="suar-version") as connection:
        return version_of_database(connection).is_older_than(version_of_code(migrations_of(component)))


def require_current_schema(database_url: str, component: str) -> None:
    """Raise DatabaseOlderThanCode when the component's database must be migrated first.

    A newer database is only logged: while a release is rolled out, or rolled back, processes of the older code run and
    restart on tables that are already newer. Waits until the database can be reached.
    """
    with _connect_patiently(database_url) as connection:
        found, needed = version_of_database(connection), version_of_code(migrations_of(component))
        where = f"Database {connection.info.dbname} on {connection.info.host}:{connection.info.port}"
    if found.is_older_than(needed):
        raise DatabaseOlderThanCode(
            f"{where} is older than this code: {_difference(found, needed, component)}. "
            f"Run `python -m chassis migrate {component}`, then start again."
        )
    if needed.is_older_than(found):
        difference = _difference(found, needed, component)
        log.warning("database_newer_than_code", message=f"{where} is newer than this code: {difference}.")


def _connect_patiently(database_url: str) -> Connection:
    unreachable = False
    while True:
        try:
            connection = connect(database_url, application="suar-version")
        except psycopg.OperationalError as error:
            if not unreachable:
                log.warning("database_unavailable", dependency="database", reason=reason_of(error))
            unreachable = True
            time.sleep(RETRY_SECONDS)
        else:
            if unreachable:
                log.info("dependency_available", dependency="database")
            return connection


def _difference(found: SchemaVersion, needed: SchemaVersion, component: str) -> str:
    names = {MESSAGING: "messaging tables", SERVICE: f"tables of {component}"}
    compared = (
        (names.get(part, f"{part} tables"), found.parts.get(part, 0), needed.parts.get(part, 0))
        for part in {**needed.parts, **found.parts}
    )
    return "; ".join(f"{name} at version {a}, the code needs {b}" for name, a, b in compared if a != b)
