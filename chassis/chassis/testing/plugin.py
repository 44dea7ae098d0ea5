"""The pytest plugin: grounds, databases built by the real migrations, services in process, and callers."""

import contextlib
import importlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from psycopg import sql

from chassis.auth import Principal
from chassis.clock import FileClock
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.ids import new_id
from chassis.settings import load
from chassis.testing.grounds import bus_ground, postgres_ground
from chassis.testing.service import ServiceUnderTest

CONTRACTS = Path(__file__).parents[3] / "contracts"
_grounds: dict[str, str] = {}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name, ground in _grounds.items():
        terminalreporter.write_line(f"{name} ground: {ground}")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An administrator's URL of a real PostgreSQL server."""
    with postgres_ground() as (url, ground):
        _grounds["PostgreSQL"] = ground
        yield url


@pytest.fixture(scope="session")
def bus_url(postgres_url: str) -> Iterator[str]:
    """A kombu URL of a real bus."""
    with bus_ground(postgres_url) as (url, ground):
        _grounds["bus"] = ground
        yield url


@pytest.fixture(scope="session")
def make_database(postgres_url: str) -> Iterator[Callable[[str], str]]:
    """Make a new database owned by a plain role (so that row-level security holds); gives its URL."""
    made: list[str] = []

    def make(name: str) -> str:
        database = f"suar_test_{name}_{os.getpid()}_{uuid4().hex[:6]}"
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            role = sql.Identifier(database)
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'test'").format(role))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
        made.append(database)
        parameters = psycopg.conninfo.conninfo_to_dict(postgres_url)
        host, port = parameters.get("host", ""), parameters.get("port", "5432")
        if str(host).startswith("/"):
            return f"postgresql://{database}:test@/{database}?host={host}"
        return f"postgresql://{database}:test@{host}:{port}/{database}"

    yield make
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for database in made:
            with contextlib.suppress(psycopg.Error):
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(database)))


@pytest.fixture(scope="session")
def signing_key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ed25519PrivateKey, Path]:
    """The identity provider's private key, and the file of its public half."""
    key = Ed25519PrivateKey.generate()
    path = tmp_path_factory.mktemp("keys") / "public.pem"
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return key, path


@pytest.fixture(scope="session")
def make_service(
    make_database: Callable[[str], str],
    signing_key: tuple[Ed25519PrivateKey, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., ServiceUnderTest]]:
    """Make a service in process on a database of its own; `environ` adds or replaces settings."""
    made: list[ServiceUnderTest] = []

    def make(component: str, environ: dict[str, str] | None = None) -> ServiceUnderTest:
        settings_module = importlib.import_module(f"{component}.settings")
        service = settings_module.SERVICE
        url = make_database(service)
        upgrade(url, migrations_of(component))
        clock = FileClock(tmp_path_factory.mktemp("clock") / "clock.json")
        key, public = signing_key
        settings = load(
            settings_module.Settings,
            service,
            {
                f"{service.upper()}_DATABASE_URL": url,
                "SUAR_MODE": "test",
                # many services live side by side in one session, and a server has only so many connections
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
        made.append(ServiceUnderTest(component, app, worker, clock, key))
        return made[-1]

    yield make
    for service in made:
        service.work.database.engine.dispose()
        if service.worker and service.worker.work:
            service.worker.work.database.engine.dispose()


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
