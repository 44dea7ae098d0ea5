"""The pytest plugin: servers, databases built by the real migrations, services in process, and callers.

With pytest-xdist the main process starts the servers, and each worker has databases of its own on them.
"""

import faulthandler
import gc
import importlib
import os
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import hypothesis
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chassis.auth import Principal
from chassis.clock import FileClock
from chassis.db.migration_files import migrations_of
from chassis.ids import new_id
from chassis.settings import load
from chassis.waiting import Stalled, wait_for
from testkit import interruption
from testkit.backends import embedded_bus
from testkit.databases import DatabaseFactory
from testkit.servers import Servers
from testkit.service import ServiceUnderTest

CONTRACTS = Path(__file__).parents[3] / "contracts"
SERVERS = pytest.StashKey[Servers]()
SERVICES = pytest.StashKey[list[ServiceUnderTest]]()
SUMMARY = pytest.StashKey[list[str]]()


def add_to_summary(config: pytest.Config, line: str) -> None:
    """Print a line at the end of the run, also when it comes from a worker of pytest-xdist."""
    config.stash[SUMMARY].append(line)


def pytest_configure(config: pytest.Config) -> None:
    workerinput: dict[str, Any] = getattr(config, "workerinput", {})
    config.stash[SERVERS] = Servers(workerinput.get("suar_servers"))
    config.stash[SUMMARY], config.stash[SERVICES] = [], []
    interruption.install(is_worker=bool(workerinput))
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        # a container sets it for its one process; here some 200 would compile everything anew, each for seconds
        sys.dont_write_bytecode = False
    # as in `chassis.commands`: a ninth of a run was the collector's
    gc.set_threshold(50_000, 20, 20)
    # on a machine with busy neighbours an example takes any time
    hypothesis.settings.register_profile("suar", deadline=None)
    hypothesis.settings.load_profile("suar")
    if not workerinput and config.pluginmanager.hasplugin("xdist"):
        config.pluginmanager.register(MainProcess(config))


class MainProcess:
    """The process that starts the workers of pytest-xdist."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._nodes: list[Any] = []
        self._servers: dict[str, Any] = {}
        self._others: set[int] = set()

    def pytest_xdist_setupnodes(self) -> None:
        """Start the servers before any worker: what this process has started until now is no worker."""
        self._servers = self._config.stash[SERVERS].hand_down()
        self._others = interruption.children()

    def pytest_configure_node(self, node: Any) -> None:
        """Hand a new worker the servers."""
        node.workerinput["suar_servers"] = self._servers
        self._nodes.append(node)

    def pytest_testnodedown(self, node: Any) -> None:
        """Take the lines of the summary from a worker."""
        self._config.stash[SUMMARY].extend(getattr(node, "workeroutput", {}).get("suar_summary", []))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Wait until the workers have taken down their fixtures, before pytest-xdist kills them."""
        if exitstatus == pytest.ExitCode.INTERRUPTED:
            interruption.interrupt(interruption.children() - self._others)
            with suppress(Stalled):
                wait_for("the workers", lambda: all(node.channel.isclosed() for node in self._nodes))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In a worker: give the main process the lines of the summary."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["suar_summary"] = session.config.stash[SUMMARY]


def pytest_collection_finish() -> None:
    """What has been imported and collected stays to the end, and need not be gone through again and again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Show what every thread was doing when a wait stalled."""
    report = yield
    if call.excinfo is not None and call.excinfo.errisinstance(Stalled):
        with tempfile.TemporaryFile("w+") as stacks:
            faulthandler.dump_traceback(stacks, all_threads=True)
            stacks.seek(0)
            report.sections.append(("threads when the wait stalled", stacks.read()))
    return report


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Close the connections of all services after each folder: a server has only so many."""
    if nextitem is None or nextitem.path.parent != item.path.parent:
        for service in item.config.stash[SERVICES]:
            service.close_connections()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for line in (*config.stash[SERVERS].summary(), *config.stash[SUMMARY]):
        terminalreporter.write_line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[SERVERS].close()


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Servers:
    return pytestconfig.stash[SERVERS]


@pytest.fixture(scope="session")
def postgres_url(servers: Servers) -> str:
    """An administrator's URL of a real PostgreSQL server."""
    return servers.postgres_url


@pytest.fixture(scope="session")
def bus_url(servers: Servers) -> str:
    """A kombu URL of a real bus."""
    return servers.bus_url


@pytest.fixture(scope="session")
def embedded_bus_url(servers: Servers) -> str:
    """A kombu URL of the embedded bus, whatever the bus of this run is."""
    return embedded_bus(servers.postgres_url, f"{servers.run}_bus")


@pytest.fixture(scope="session")
def databases(servers: Servers) -> DatabaseFactory:
    return DatabaseFactory(servers.postgres_url, servers.run)


@pytest.fixture(scope="session")
def make_database(databases: DatabaseFactory) -> Callable[[str], str]:
    """Make an empty database owned by a plain role; return its URL."""
    return databases.make


@pytest.fixture(scope="session")
def signing_key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ed25519PrivateKey, Path]:
    """The identity provider's private key, and the file of its public half."""
    key = Ed25519PrivateKey.generate()
    path = tmp_path_factory.mktemp("keys") / "public.pem"
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return key, path


@pytest.fixture(scope="session")
def make_service(
    pytestconfig: pytest.Config,
    databases: DatabaseFactory,
    signing_key: tuple[Ed25519PrivateKey, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., ServiceUnderTest]:
    """Make a service in process on a database of its own; `environ` adds or replaces settings."""

    def make(component: str, environ: dict[str, str] | None = None) -> ServiceUnderTest:
        settings_module = importlib.import_module(f"{component}.settings")
        service = settings_module.SERVICE
        url = databases.make_migrated(component, migrations_of(component))
        clock = FileClock(tmp_path_factory.mktemp("clock") / "clock.json")
        key, public = signing_key
        settings = load(
            settings_module.Settings,
            service,
            {
                f"{service.upper()}_DATABASE_URL": url,
                "SUAR_MODE": "test",
                # many services live side by side, and a server has only so many connections
                "DATABASE_POOL_SIZE": "2",
                "CLOCK_FILE": str(clock.path),
                "AUTH_PUBLIC_KEY_FILE": str(public),
                "CONTRACTS_DIR": str(CONTRACTS),
                **(environ or {}),
            },
        )
        app = importlib.import_module(f"{component}.app").create_app(settings)
        worker = None
        if importlib.util.find_spec(f"{component}.worker"):
            worker = importlib.import_module(f"{component}.worker").create_worker(settings)
        made = ServiceUnderTest(component, app, worker, clock, key)
        pytestconfig.stash[SERVICES].append(made)
        return made

    return make


@pytest.fixture
def agency() -> str:
    """A fresh agency: row-level security keeps this test's rows from all others'."""
    return f"uji-{uuid4().hex[:12]}"


@pytest.fixture
def person(agency: str) -> Callable[..., Principal]:
    """Make a caller: `person("hr_officer", employee_id=…)`; everyone who is a person is an employee too."""

    def make(
        *roles: str, employee_id: UUID | None = None, agency_id: str = agency, unit_id: UUID | None = None
    ) -> Principal:
        everyone = {"employee"} if not {"subscriber", "operator"} & set(roles) else set()
        return Principal(
            account_id=new_id(),
            agency_id=agency_id,
            roles=frozenset({*roles, *everyone}),
            employee_id=employee_id or (new_id() if everyone else None),
            unit_id=unit_id,
            kind="client" if "subscriber" in roles else "person",
        )

    return make


@pytest.fixture
def at() -> Callable[..., datetime]:
    """`at(2026, 7, 6, 9)`: a moment in UTC."""

    def make(*parts: int) -> datetime:
        return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]

    return make
