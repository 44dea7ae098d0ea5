"""The databases of a test run: named after it, dropped at its end, or by the next run when it was killed."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from chassis.db.migration import upgrade

RUN = re.compile(r"(suar_test_[0-9]+_[0-9a-f]{6})_")
DROPPED_AT_ONCE = 24
Administrator = psycopg.Connection[tuple[str]]


@contextmanager
def run_name(postgres_url: str) -> Iterator[str]:
    """Yield the name of this run, which begins the name of each of its databases; drop them all at the end.

    The run holds an advisory lock on its name. A killed run has lost it, and so its databases are known as stale.
    """
    run = f"suar_test_{os.getpid()}_{uuid4().hex[:6]}"
    with psycopg.connect(postgres_url, autocommit=True) as administrator:
        administrator.execute("SELECT pg_advisory_lock(hashtext(%s))", [run])
        _drop_stale(administrator, postgres_url, run)
        try:
            yield run
        finally:
            _drop(administrator, postgres_url, run)


def _drop_stale(administrator: Administrator, postgres_url: str, own: str) -> None:
    databases = administrator.execute("SELECT datname FROM pg_database").fetchall()
    roles = administrator.execute("SELECT rolname FROM pg_roles").fetchall()
    # the lock on the own name is not asked for: a session gets its own lock again
    for run in {match[1] for (name,) in [*databases, *roles] if (match := RUN.match(name))} - {own}:
        row = administrator.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [run]).fetchone()
        if row and row[0]:
            _drop(administrator, postgres_url, run)


def _drop(administrator: Administrator, postgres_url: str, run: str) -> None:
    def drop(name: str) -> None:
        with suppress(psycopg.Error), psycopg.connect(postgres_url, autocommit=True) as connection:
            _drop_database(connection, name)

    # The first drop waits until all that the other databases have written is on the disk, thousands of files, but for
    # those that are being dropped too. A connection that cannot be had leaves its database to the loop below.
    with ThreadPoolExecutor(DROPPED_AT_ONCE) as pool:
        list(pool.map(drop, _databases_of(administrator, run)))
    for name in _databases_of(administrator, run):
        with suppress(psycopg.Error):
            _drop_database(administrator, name)
    own = f"{run}\\_%"
    for (name,) in administrator.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [own]).fetchall():
        with suppress(psycopg.Error):
            administrator.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def _databases_of(administrator: Administrator, run: str) -> list[str]:
    query = "SELECT datname FROM pg_database WHERE datname LIKE %s"
    return [name for (name,) in administrator.execute(query, [f"{run}\\_%"])]


def _drop_database(connection: Administrator, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


class DatabaseFactory:
    """Makes databases that a plain role owns, so that row-level security holds."""

    def __init__(self, postgres_url: str, run: str) -> None:
        self._postgres_url = postgres_url
        self._run = run
        self._templates: dict[str, str] = {}

    def make(self, name: str) -> str:
        """Make an empty database; return its URL."""
        database = self._name(name)
        self._administer("CREATE ROLE {} LOGIN PASSWORD 'test'", database)
        self._create("CREATE DATABASE {} OWNER {}", database, database)
        return self._url(database, role=database)

    def make_migrated(self, name: str, migrations: Path) -> str:
        """Make a database with all migrations; return its URL. They run once, what follows is a copy."""
        if name not in self._templates:
            template = self._name(f"{name}_template")
            self._administer("CREATE ROLE {} LOGIN PASSWORD 'test'", template)
            self._create("CREATE DATABASE {} OWNER {}", template, template)
            upgrade(self._url(template, role=template), migrations)
            self._templates[name] = template
        template, database = self._templates[name], self._name(name)
        self._create("CREATE DATABASE {} TEMPLATE {} OWNER {}", database, template, template)
        return self._url(database, role=template)

    def _name(self, name: str) -> str:
        return f"{self._run}_{name}_{uuid4().hex[:6]}"

    def _create(self, statement: str, database: str, *names: str) -> None:
        self._administer(statement, database, *names)
        # a commit that waits for the disk costs 15 times as much, and no test of such a database stops PostgreSQL
        self._administer("ALTER DATABASE {} SET synchronous_commit TO off", database)
        # as the runner's own server has it: queries of a few rows, which it thinks large, are not worth compiling
        self._administer("ALTER DATABASE {} SET jit TO off", database)

    def _administer(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._postgres_url, autocommit=True) as administrator:
            administrator.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _url(self, database: str, *, role: str) -> str:
        parameters = conninfo_to_dict(self._postgres_url)
        host, port = str(parameters.get("host", "")), parameters.get("port", "5432")
        if host.startswith("/"):
            return f"postgresql://{role}:test@/{database}?host={host}"
        return f"postgresql://{role}:test@{host}:{port}/{database}"
