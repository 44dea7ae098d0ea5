"""Where the backbone is measured: databases, names on the bus and processes of its own, all gone afterwards."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import psycopg
from kombu import Connection
from psycopg import sql

from chassis.bus.topology import Topology
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.waiting import wait_for
from testkit.backends import bus_backend, postgres_backend

HERE = Path(__file__).parent
SAMPLE_SERVICES = HERE / "sample-services"
EFFECT = SAMPLE_SERVICES / "consumer" / "migrations" / "0001_effect.sql"
REAL_CONTRACTS = HERE.parents[1] / "contracts"
SAMPLE_NAMES = ("producer", "consumer")
PATIENCE_SECONDS = 60.0
BUS = "suar_benchmarks_bus"
# what a Celery worker declares for delayed tasks as soon as it reads a quorum queue
DELAYS = [f"celery_delayed_{level}" for level in range(28)]


@dataclass
class Child:
    """A process of the measurement, spoken to by lines."""

    name: str
    process: subprocess.Popen[str]
    log: Path

    def expect(self, word: str) -> None:
        """Wait until the process prints this word."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == word:
                return
        raise RuntimeError(f"{self.name} ended without saying {word!r}: {self.last_words()}")

    def last_words(self) -> str:
        return self.log.read_text(errors="replace").strip()[-400:]

    def processor_seconds(self) -> float:
        """What it and its own children have used of the processors."""
        used = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = path.read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.process.pid:
                    used += int(fields[11]) + int(fields[12])
        return used / os.sysconf("SC_CLK_TCK")

    def send(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


@dataclass
class Environment:
    """Servers that exist, and what was made on them."""

    postgres: str
    bus: str
    folder: Path
    prefix: str = field(default_factory=lambda: f"bench{uuid4().hex[:8]}")
    _had_delays: bool = False
    _urls: dict[str, str] = field(default_factory=dict)
    _admins: dict[str, psycopg.Connection[Any]] = field(default_factory=dict)

    @property
    def topology(self) -> Topology:
        return Topology(self.prefix)

    def database(self, name: str) -> str:
        """A database of a plain role, migrated if it is a component's; made once."""
        if name not in self._urls:
            own = f"{self.prefix}_{name}"
            with psycopg.connect(self.postgres, autocommit=True) as connection:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'bench'").format(sql.Identifier(own)))
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(own), sql.Identifier(own))
                )
            parts = psycopg.conninfo.conninfo_to_dict(self.postgres)
            host, port = str(parts.get("host", "127.0.0.1")), parts.get("port", "5432")
            at = f"@/{own}?host={host}" if host.startswith("/") else f"@{host}:{port}/{own}"
            self._urls[name] = f"postgresql://{own}:bench{at}"
            if name == "peer":
                self._make_peer(self._urls[name])
            else:
                upgrade(self._urls[name], migrations_of(name))
        return self._urls[name]

    def _make_peer(self, url: str) -> None:
        """What a peer commits to: the effect, and the ids it has seen."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(EFFECT.read_text())
            connection.execute(
                "CREATE TABLE inbox (event_id uuid PRIMARY KEY, producer text NOT NULL, name text NOT NULL, "
                "received_at timestamptz NOT NULL DEFAULT clock_timestamp())"
            )

    def admin(self, name: str) -> psycopg.Connection[Any]:
        """A superuser's connection to a database, whom row-level security does not bind."""
        if name not in self._admins:
            self.database(name)
            url = psycopg.conninfo.make_conninfo(self.postgres, dbname=f"{self.prefix}_{name}")
            self._admins[name] = psycopg.connect(url, autocommit=True)
        return self._admins[name]

    def empty(self, name: str, *tables: str) -> None:
        """Empty tables and forget their dead rows, so that each run begins alike."""
        admin = self.admin(name)
        admin.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
        admin.execute("CHECKPOINT")

    @contextlib.contextmanager
    def child(self, name: str, *arguments: str, **environ: str) -> Iterator[Child]:
        """Run `python <arguments>` until the block ends."""
        log = self.folder / f"{name}.log"
        with log.open("a") as stderr:
            child = Child(name, _start(list(arguments), {**self.environ(), **environ}, stderr), log)
        try:
            yield child
        finally:
            child.end()

    def environ(self) -> dict[str, str]:
        urls = {f"{name.upper()}_DATABASE_URL": url for name, url in self._urls.items()}
        paths = [str(SAMPLE_SERVICES / name) for name in SAMPLE_NAMES] + [str(HERE.parents[1])]
        return {
            **os.environ,
            **urls,
            "PYTHONPATH": os.pathsep.join(paths),
            "BUS_URL": self.bus,
            "BUS_NAMESPACE": self.prefix,
            "AUTH_PUBLIC_KEY_FILE": os.devnull,
            "CONTRACTS_DIR": str(SAMPLE_SERVICES / "contracts"),
            "LOG_LEVEL": "WARNING",
        }

    @contextlib.contextmanager
    def worker(self, component: str) -> Iterator[Child]:
        """The real worker process of a component, once its relay listens and its queue has a reader."""
        self.database(component)
        contracts = SAMPLE_SERVICES / "contracts" if component in SAMPLE_NAMES else REAL_CONTRACTS
        arguments = ("-m", "chassis", "worker", component)
        with self.child(component, *arguments, CONTRACTS_DIR=str(contracts)) as child:
            wait(lambda: self.listens(component), f"{component} listens")
            if component not in {"producer", "appraisal", "personnel"}:
                self.wait_for_reader(component, child)
            yield child

    def listens(self, component: str) -> bool:
        found = self.admin(component).execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%suar_outbox%'"
        )
        return found.fetchone() is not None

    def listener(self, name: str, channel: str) -> psycopg.Connection[Any]:
        """Return a connection that listens on one channel."""
        url = psycopg.conninfo.make_conninfo(self.postgres, dbname=f"{self.prefix}_{name}")
        ears = psycopg.connect(url, autocommit=True)
        ears.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        return ears

    def wait_for_reader(self, service: str, child: Child) -> None:
        """Wait until this child reads its queue."""

        def is_read() -> bool:
            if child.process.poll() is not None:
                raise RuntimeError(f"{child.name} has ended: {child.last_words()}")
            return self._readers(f"{self.prefix}.{service}") > 0

        wait(is_read, f"{service}'s queue is read", every=0.2)

    def _readers(self, queue: str) -> int:
        with Connection(self.bus) as connection:
            try:
                return int(connection.channel().queue_declare(queue, passive=True).consumer_count)
            except connection.channel_errors:
                return 0

    def empty_queue(self, queue: str) -> None:
        """Delete a queue; whoever needs it declares it anew."""
        with Connection(self.bus) as connection, contextlib.suppress(connection.connection_errors, Exception):
            connection.channel().queue_delete(queue)

    def close(self) -> None:
        for admin in self._admins.values():
            admin.close()
        with psycopg.connect(self.postgres, autocommit=True) as connection:
            for name in self._urls:
                own = sql.Identifier(f"{self.prefix}_{name}")
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(own))
                connection.execute(sql.SQL("DROP ROLE {}").format(own))
        self._clear_bus()

    def _clear_delays(self, connection: Connection) -> None:
        for name in DELAYS:
            connection.channel().queue_delete(name)
            connection.channel().exchange_delete(name)
        connection.channel().exchange_delete("celery_delayed_delivery")

    def _clear_bus(self) -> None:
        with Connection(self.bus) as connection:
            for name in (*self._urls, "floor", "faststream", "celery"):
                for queue in (f"{self.prefix}.{name}", f"{self.prefix}.{name}.dead"):
                    with contextlib.suppress(Exception):
                        connection.channel().queue_delete(queue)
            if not self._had_delays:
                self._clear_delays(connection)
            for exchange in ("events", "replays", "floor", "faststream", "celery"):
                with contextlib.suppress(Exception):
                    connection.channel().exchange_delete(f"{self.prefix}.{exchange}")


def _has_delays(bus: str) -> bool:
    """Whether somebody's Celery has made its queues of delays on this broker before."""
    with Connection(bus) as connection:
        try:
            connection.channel().queue_declare(DELAYS[0], passive=True)
        except connection.channel_errors:
            return False
        return True


def _start(arguments: list[str], environ: dict[str, str], stderr: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        start_new_session=True,
    )


def wait(condition: Callable[[], bool], what: str, *, every: float = 0.05) -> None:
    """Wait for a condition, asking at equal intervals so that what is measured does not depend on the wait."""
    wait_for(what, condition, stall_seconds=PATIENCE_SECONDS, pause=lambda _seconds: time.sleep(every))


def open_environment(stack: ExitStack) -> Environment:
    """The environment of one run of the suite; `stack` takes it down."""
    sys.path[:0] = [str(SAMPLE_SERVICES / name) for name in SAMPLE_NAMES]
    # containers would measure their network as well
    os.environ.setdefault("SUAR_TEST_GROUND", "local")
    postgres, _ = stack.enter_context(postgres_backend())
    bus, name = stack.enter_context(bus_backend(postgres, BUS))
    if not bus.startswith("amqp"):
        raise SystemExit(f"the peers need RabbitMQ, and here is only {name}; name one in SUAR_TEST_BUS_URL")
    folder = Path(tempfile.mkdtemp(prefix="suar-bench-"))
    environment = Environment(postgres, bus, folder, _had_delays=_has_delays(bus))
    stack.callback(environment.close)
    return environment
