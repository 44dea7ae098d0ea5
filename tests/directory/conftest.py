from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.db import Database
from testkit.databases import DatabaseFactory
from tests.directory.builders import Copy

MIGRATIONS = Path(__file__).with_name("migrations")


@pytest.fixture(scope="session")
def directory_database(databases: DatabaseFactory) -> Iterator[Database]:
    """The database of a service that includes the directory and nothing else."""
    database = Database.connect(databases.make_migrated("directory", MIGRATIONS), pool_size=2)
    yield database
    database.engine.dispose()


@pytest.fixture
def copy(directory_database: Database, agency: str) -> Copy:
    """A service that keeps the directory, in a fresh agency."""
    return Copy(directory_database, agency)
