"""Dump the databases of a running system into `previous/`; README.md of this folder says when and how.

python -m tests.upgrade.make_previous postgresql://postgres@127.0.0.1:5432/postgres suar_123456_
"""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from suar_operator.services import OWNERS

PREVIOUS = Path(__file__).with_name("previous")
SCRATCH = "suar_make_previous"
ROWS = 250
# commands of psql, and settings that not every server knows
_UNPORTABLE = re.compile(rb"^(\\(un)?restrict .*|SET .*;|SELECT pg_catalog\.set_config\(.*)\n", re.MULTILINE)
_LARGE_TABLES = """
    SELECT relname FROM pg_stat_user_tables AS t
    WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND confrelid = t.relid)
    ORDER BY relname
"""
_CUT = "DELETE FROM {table} WHERE ctid <> ALL (ARRAY(SELECT ctid FROM {table} ORDER BY ctid LIMIT {rows}))"


def dump(conninfo: str) -> bytes:
    """Return a database as plain SQL that psycopg can execute."""
    command = ["pg_dump", "--no-owner", "--no-acl", f"--rows-per-insert={ROWS}", "--dbname", conninfo]
    text = subprocess.run(command, check=True, capture_output=True).stdout
    head, create, body = text.partition(b"CREATE ")
    end = body.rindex(b"-- PostgreSQL database dump complete")
    return _UNPORTABLE.sub(b"", head) + create + body[:end]


@contextmanager
def scratch_database(server: str) -> Iterator[str]:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {SCRATCH} TEMPLATE template0 ENCODING 'UTF8'")
        yield make_conninfo(server, dbname=SCRATCH)
        connection.execute(f"DROP DATABASE {SCRATCH} WITH (FORCE)")


def cut(conninfo: str) -> None:
    """Leave the first rows of each table to which no foreign key refers: a repository is no place for a year of events."""
    with psycopg.connect(conninfo) as connection:
        # append-only tables refuse a DELETE by trigger
        connection.execute("SET session_replication_role = replica")
        for (table,) in connection.execute(_LARGE_TABLES).fetchall():
            connection.execute(sql.SQL(_CUT).format(table=sql.Identifier(table), rows=sql.Literal(ROWS)))


def main(server: str, prefix: str) -> None:
    for owner in OWNERS:
        whole = dump(make_conninfo(server, dbname=f"{prefix}{owner}"))
        with scratch_database(server) as conninfo:
            with psycopg.connect(conninfo) as connection:
                connection.execute(whole)
            cut(conninfo)
            path = PREVIOUS / f"{owner}.sql.gz"
            path.write_bytes(gzip.compress(dump(conninfo), mtime=0))
        print(f"{path.name}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(*sys.argv[1:])
