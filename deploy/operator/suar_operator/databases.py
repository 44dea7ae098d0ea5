"""A role and a database for each service, on the embedded server or on one that the operator names."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from suar_cli.errors import DatabaseRefused
from suar_cli.hints import with_cause
from suar_operator.services import BUS, OWNERS

ROLE_LIMIT = 30
CONNECT_SECONDS = 5


def _runner_cure(_reason: str) -> str:
    return "Periksa alamat --database dan pastikan penggunanya boleh membuat peran dan basis data."


@dataclass(frozen=True)
class DatabaseServer:
    """A server that lets us create roles and databases; names get `prefix`, so that instances can share one server.

    Without a prefix the server is wholly ours, and its own databases are closed to our roles too.
    `cure` returns what the operator can do about the reason for which the server refused.
    """

    conninfo: str
    prefix: str = ""
    cure: Callable[[str], str] = _runner_cure

    def prepare(
        self, passwords: Mapping[str, str], limit: int = ROLE_LIMIT, *, bus_limit: int = ROLE_LIMIT
    ) -> dict[str, str]:
        """Create what is missing and return a connection string per owner. Repeating it changes nothing.

        `limit` is how many connections each role may hold, so that one service cannot take them all; `bus_limit` holds
        for the embedded bus, whose role all services share.
        """
        try:
            with psycopg.connect(self.conninfo, autocommit=True, connect_timeout=10) as connection:
                if not self.prefix:
                    connection.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
                for owner in passwords:
                    most = bus_limit if owner == BUS else limit
                    self._create(connection, self.prefix + owner, passwords[owner], most)
        except psycopg.Error as error:
            sentence = f"Basis data tidak dapat disiapkan. {self.cure(str(error))}"
            raise DatabaseRefused(with_cause(sentence, error)) from error
        return {owner: self.conninfo_of(owner, password) for owner, password in passwords.items()}

    def check(self) -> None:
        """Raise DatabaseRefused unless the server answers at once and knows the user."""
        try:
            psycopg.connect(self.conninfo, connect_timeout=CONNECT_SECONDS).close()
        except psycopg.OperationalError as error:
            sentence = "Server PostgreSQL menolak nama pengguna atau sandi. Periksa alamat --database."
            if "authentication failed" not in str(error):
                sentence = "Server PostgreSQL tidak dapat dipakai. Periksa alamat --database."
            raise DatabaseRefused(with_cause(sentence, error)) from error

    def conninfo_of(self, owner: str, password: str) -> str:
        name = self.prefix + owner
        kept = {"host", "hostaddr", "port", "sslmode"}
        base = {key: str(value) for key, value in conninfo_to_dict(self.conninfo).items() if key in kept}
        return make_conninfo(**base, dbname=name, user=name, password=password)

    def remove(self, owners: Sequence[str] = (*OWNERS, BUS)) -> None:
        """Drop the databases and roles of this instance; only ever with a prefix."""
        if not self.prefix:
            raise ValueError("a server without a prefix is not ours to clear")
        with psycopg.connect(self.conninfo, autocommit=True, connect_timeout=10) as connection:
            for owner in owners:
                name = sql.Identifier(self.prefix + owner)
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
                connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))

    @staticmethod
    def _create(connection: psycopg.Connection[tuple[object, ...]], name: str, password: str, limit: int) -> None:
        role, word = sql.Identifier(name), sql.Literal(password)
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        verb = "ALTER" if exists else "CREATE"
        command = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT {} PASSWORD {}")
        connection.execute(command.format(sql.SQL(verb), role, sql.Literal(limit), word))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            # only a member of a role may make it an owner, which matters where the administrator is no superuser
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(role, role)
            )
        # every time: a database restored from a dump comes without these rights, and is open to every role
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(role))


def new_passwords(owners: Sequence[str]) -> dict[str, str]:
    return {owner: secrets.token_urlsafe(24) for owner in owners}


def as_url(conninfo: str) -> str:
    """A connection string as the URL that SQLAlchemy and libpq both read; a socket folder goes into the query."""
    from urllib.parse import quote, urlencode

    parts = {key: str(value) for key, value in conninfo_to_dict(conninfo).items()}
    user, password, name = quote(parts.pop("user"), safe=""), quote(parts.pop("password"), safe=""), parts.pop("dbname")
    host = parts.pop("host", "localhost")
    if host.startswith("/"):
        return f"postgresql://{user}:{password}@/{name}?{urlencode({'host': host, **parts})}"
    port = parts.pop("port", "5432")
    query = f"?{urlencode(parts)}" if parts else ""
    return f"postgresql://{user}:{password}@{host}:{port}/{name}{query}"
