"""Databases as the previous release left them, and a connection that sees all of their rows."""

import gzip
from collections.abc import Callable

import psycopg
import pytest

from tests.upgrade.make_previous import PREVIOUS


@pytest.fixture(scope="session")
def read_all(postgres_url: str) -> Callable[[str], psycopg.Connection]:
    """Connect to a test database as the administrator, from whom row-level security hides nothing."""

    def connect(url: str) -> psycopg.Connection:
        name = str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])
        return psycopg.connect(psycopg.conninfo.make_conninfo(postgres_url, dbname=name), autocommit=True)

    return connect


@pytest.fixture(scope="session")
def previous(make_database: Callable[[str], str]) -> Callable[[str], str]:
    """Make a database as the previous release left it."""

    def make(owner: str) -> str:
        url = make_database(f"previous_{owner}")
        with psycopg.connect(url) as connection:
            connection.execute(gzip.decompress((PREVIOUS / f"{owner}.sql.gz").read_bytes()))
        return url

    return make
