"""The chassis is tested with a library's loan desk, so that nothing of a real service can creep in."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from testkit.service import ServiceUnderTest

SAMPLE_SERVICES = Path(__file__).parent / "sample-services"
sys.path.insert(0, str(SAMPLE_SERVICES / "desk"))


@pytest.fixture(scope="session")
def desk(make_service: Callable[..., ServiceUnderTest]) -> ServiceUnderTest:
    return make_service("desk", {"CONTRACTS_DIR": str(SAMPLE_SERVICES / "contracts")})


@pytest.fixture
def sockets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short name, for the sockets and the log of a process."""
    return tmp_path_factory.mktemp("s")


@pytest.fixture
def short_locks(desk: ServiceUnderTest) -> Iterator[None]:
    """No transaction of the desk waits for a lock: it gives way, as the victim of a deadlock does."""
    engine = desk.work.database.engine

    def set_timeout(connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")

    event.listen(engine, "begin", set_timeout)
    yield
    event.remove(engine, "begin", set_timeout)
