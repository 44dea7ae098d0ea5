"""Bring a database to the version that the code needs, by numbered SQL files (docs/decisions/0008)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import Connection, sql

from chassis.db.migration_files import (
    MESSAGING,
    SERVICE,
    Migration,
    MigrationError,
    included_by,
    read_migrations,
    tables_of,
)
from chassis.db.schema_version import (
    connect,
    create_version_table,
    record_version,
    version_of_database,
)
from chassis.observability.logging import get_logger

log = get_logger()
LOCK_TIMEOUT = "10s"
LOCK_RETRY_SECONDS = 0.5
_TRY_LOCK = "SELECT pg_try_advisory_lock(hashtext('suar-migrate'))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtext('suar-migrate'))"
_INVALID_INDEXES = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"


def upgrade(database_url: str, migrations: Path) -> None:
    """Apply what a database lacks of a component's migrations, each in a transaction of its own.

    Raise MigrationError when one fails: those before it stay, and the next run goes on from there.
    """
    service = read_migrations(migrations)
    parts = {part: read_migrations(tables_of(part)) for part in included_by(service)}
    _require_all_included_tables(service, parts, migrations)
    with connect(database_url, application="migrate") as connection, _only_migrator(connection):
        _adopt(connection, service, parts[MESSAGING])
        applied = dict(version_of_database(connection).parts)
        for migration in service[applied.get(SERVICE, 0) :]:
            for part, target in migration.included.items():
                for step in parts[part][applied.get(part, 0) : target]:
                    _apply(connection, part, step)
                applied[part] = max(applied.get(part, 0), target)
            _apply(connection, SERVICE, migration)


def _require_all_included_tables(service: list[Migration], parts: dict[str, list[Migration]], folder: Path) -> None:
    for part, reached in included_by(service).items():
        if reached != len(parts[part]):
            marker = "messaging-tables" if part == MESSAGING else f"tables-of {part}"
            raise MigrationError(
                f"the migrations in {folder} bring the {part} tables to version {reached}, the code needs "
                f"{len(parts[part])}: add a migration with the line `-- migrate: {marker} {len(parts[part])}`"
            )


@contextmanager
def _only_migrator(connection: Connection) -> Iterator[None]:
    """Hold the advisory lock of migrations; waits for another migrator.

    Polls, because a session that waits for the lock inside a statement would hold up CREATE INDEX CONCURRENTLY of the
    session that has it, and each would wait for the other.
    """
    while connection.execute(_TRY_LOCK).fetchone() != (True,):
        time.sleep(LOCK_RETRY_SECONDS)
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(_UNLOCK)


def _adopt(connection: Connection, service: list[Migration], messaging: list[Migration]) -> None:
    """Create the version table; take over the revision of a database that Alembic has migrated until now."""
    with connection.transaction():
        create_version_table(connection)
        if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is not None:
            number = int(row[0].split("_", 1)[0])
            if number > len(service):
                raise MigrationError(f"the database stands at {row[0]}, which this code does not know")
            # Alembic's first revision created the messaging tables as they are in the first file
            record_version(connection, MESSAGING, 1, messaging[0].name)
            for migration in service[:number]:
                record_version(connection, SERVICE, migration.number, migration.name)
            log.info("database_adopted", message=f"went on from Alembic's revision {row[0]}")
        connection.execute("DROP TABLE alembic_version")


def _apply(connection: Connection, part: str, migration: Migration) -> None:
    try:
        if migration.in_transaction:
            _apply_in_transaction(connection, part, migration)
        else:
            _apply_without_transaction(connection, part, migration)
    except psycopg.Error as error:
        raise MigrationError(f"migration {migration.name} of the {part} tables failed: {error}") from error
    log.info("migration_applied", message=f"{part} tables: {migration.name}")


def _apply_in_transaction(connection: Connection, part: str, migration: Migration) -> None:
    with connection.transaction():
        connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        # a statement from which a policy would hide rows fails, instead of quietly leaving them as they are
        connection.execute("SET LOCAL row_security = off")
        with _all_agencies(connection, migration.all_agencies):
            connection.execute(migration.sql.encode())
        record_version(connection, part, migration.number, migration.name)


@contextmanager
def _all_agencies(connection: Connection, tables: tuple[str, ...]) -> Iterator[None]:
    """Exempt the tables' owner from row-level security; a failure rolls this back with the whole transaction."""
    for table in tables:
        connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    yield
    for table in tables:
        connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))


def _apply_without_transaction(connection: Connection, part: str, migration: Migration) -> None:
    """Run one statement on its own; it may wait for other sessions as long as it blocks nobody."""
    connection.execute(migration.sql.encode())
    invalid = [row[0] for row in connection.execute(_INVALID_INDEXES)]
    if invalid:
        raise MigrationError(
            f"migration {migration.name} left an invalid index: an earlier run was interrupted. "
            f"Run `DROP INDEX {', '.join(invalid)};` in the database, then migrate again."
        )
    record_version(connection, part, migration.number, migration.name)
