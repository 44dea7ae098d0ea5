"""An origin, a forwarder and a reader, as real processes on a PostgreSQL of their own and a bus behind a proxy."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from chassis.bus.contracts import Contracts
from chassis.bus.message import Outgoing
from chassis.bus.publisher import Publisher
from chassis.bus.topology import Topology, connect, declare
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.inbox.crash_guard import CRASHES_BEFORE_PARKING
from chassis.waiting import Remaining, Stalled, wait_for
from testkit.backends import EmbeddedPostgres
from tests.faults.broker import OwnRabbit
from tests.faults.ledger import EDGES, Ledger, draw_up
from tests.faults.proxy import Proxy
from tests.faults.supervised import SupervisedProcess

SAMPLE_SERVICES = Path(__file__).parent / "sample-services"
SERVICES = ("origin", "forwarder", "reader")
# the forwarder and the reader share their migrations, which lie beside both packages
PATH = [str(SAMPLE_SERVICES / name) for name in ("origin", "consumers")]
IS_LONG = os.environ.get("SUAR_FAULTS") == "long"
EVENTS = 5000 if IS_LONG else 300
PER_SECOND = 400 if IS_LONG else 200
# Longer than the embedded bus hides what is read; in the long form longer than RabbitMQ waits for a silent reader.
SLOW_SECONDS = 25 if IS_LONG else 5
# Without any progress for so long, what has not come will not come.
PATIENCE_SECONDS = 40
# The goal; what took longer is marked, not a failure, for a busy machine shows only how it is itself.
RECOVERED_SECONDS = 10.0


class Databases:
    """The databases of the three, on a PostgreSQL that the tests stop and start."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server
        self._connections: dict[str, psycopg.Connection[tuple[Any, ...]]] = {}
        for name in SERVICES:
            with psycopg.connect(server.url, autocommit=True) as connection:
                connection.execute(f"CREATE ROLE {name} LOGIN")
                connection.execute(f"CREATE DATABASE {name} OWNER {name}")
            upgrade(self.url(name), migrations_of(name))

    def url(self, name: str) -> str:
        return f"postgresql://{name}@/{name}?host={self.server.folder}"

    def ask(self, name: str, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Ask as administrator, whom row-level security does not bind; waits while the server is away."""

        def execute() -> list[tuple[Any, ...]]:
            try:
                cursor = self._connection(name).execute(sql, parameters)
                return cursor.fetchall() if cursor.description else []
            except psycopg.OperationalError:
                self._connections.pop(name, None)
                raise

        (rows,) = wait_for("PostgreSQL", lambda: [execute()], ignoring=(psycopg.OperationalError,))
        return rows

    def _connection(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        if name not in self._connections:
            url = f"postgresql://postgres@/{name}?host={self.server.folder}"
            self._connections[name] = psycopg.connect(url, autocommit=True)
        return self._connections[name]

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()


class Cluster:
    """The running processes on one kind of bus."""

    def __init__(
        self, kind: str, databases: Databases, proxy: Proxy, bus_url: str, direct_url: str, folder: Path
    ) -> None:
        self.kind = kind
        self.databases = databases
        self.proxy = proxy
        self.broker: OwnRabbit | None = None
        self.direct_url = direct_url
        self.folder = folder
        self.lines: list[str] = []
        self.topology = Topology(f"faults{uuid4().hex[:8]}")
        self.ask = databases.ask
        self._declare()
        environ = {
            **os.environ,
            **{f"{name.upper()}_DATABASE_URL": databases.url(name) for name in SERVICES},
            "PYTHONPATH": os.pathsep.join(PATH),
            "BUS_URL": bus_url,
            "BUS_NAMESPACE": self.topology.namespace,
            "SUAR_MODE": "test",
            "AUTH_PUBLIC_KEY_FILE": os.devnull,
            "CONTRACTS_DIR": str(SAMPLE_SERVICES / "contracts"),
            "FAULTS_FOLDER": str(folder),
            "FAULTS_SLOW_SECONDS": str(SLOW_SECONDS),
        }
        commands = {name: ["-m", "chassis", "worker", name] for name in SERVICES}
        commands["load"] = ["-m", "origin.load"]
        self.processes = {
            name: SupervisedProcess(name, [sys.executable, *command], environ, folder / f"{name}.log")
            for name, command in commands.items()
        }

    def _declare(self) -> None:
        contracts = Contracts(SAMPLE_SERVICES / "contracts")
        with connect(self.direct_url) as connection:
            for name in ("forwarder", "reader"):
                declare(connection, self.topology, name, contracts.subscriptions(name))

    def close(self) -> None:
        for one in self.processes.values():
            one.dismiss()
        for one in self.processes.values():
            one.end()
        with connect(self.direct_url) as connection, connection.channel() as channel:
            for name in ("forwarder", "reader"):
                self.topology.queue(name)(channel).delete()
                if self.kind != "embedded":
                    self.topology.dead_letter_queue(name)(channel).delete()
            if self.kind != "embedded":
                self.topology.exchange(channel).delete()
                self.topology.replays(channel).delete()

    @contextmanager
    def load(
        self, what: str, seed: int, *, events: int = EVENTS, per_second: int = PER_SECOND, troubles: Sequence[str] = ()
    ) -> Iterator["Load"]:
        """Order events; at the end wait for them all, and compare in the ledger."""
        load = Load(self, what, seed, events, troubles)
        load.order(per_second)
        yield load
        load.finish()


class Load:
    def __init__(self, cluster: Cluster, what: str, seed: int, events: int, troubles: Sequence[str]) -> None:
        self.cluster = cluster
        self.what = what
        self.seed = seed
        self.events = events
        self.troubles = troubles
        self.random = random.Random(f"{seed}-{what}")
        self.agency = f"uji-{uuid4().hex[:12]}"
        self.faults: list[tuple[str, float, float]] = []
        self.ledger = Ledger()

    def order(self, per_second: int) -> None:
        # troubles strike the events at random places
        places = self.random.sample(range(self.events), len(self.troubles))
        troubles = psycopg.types.json.Json(dict(zip(map(str, places), self.troubles, strict=True)))
        sql = "INSERT INTO load_order (agency_id, wanted, per_second, seed, troubles) VALUES (%s, %s, %s, %s, %s)"
        self.cluster.ask("origin", sql, self.agency, self.events, per_second, self.seed, troubles)

    def produce_more(self, count: int) -> None:
        """Order so many events beside those ordered before."""
        self.events += count
        sql = "UPDATE load_order SET wanted = %s WHERE agency_id = %s"
        self.cluster.ask("origin", sql, self.events, self.agency)

    def produced(self) -> int:
        count: int
        ((count,),) = self.cluster.ask("origin", "SELECT count(*) FROM item WHERE agency_id = %s", self.agency)
        return count

    def moments(self, count: int) -> Iterator[float]:
        """Random moments of the load, in order: yields as each comes, in items produced."""
        for share in sorted(self.random.uniform(0.1, 0.9) for _ in range(count)):
            self.wait_for(partial(self._has_produced, share * self.events))
            yield share

    def _has_produced(self, wanted: float) -> bool:
        return self.produced() >= wanted

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait as long as anything moves; what has not come then is for the ledger to report."""
        with suppress(Stalled):
            wait_for(
                self.what,
                lambda: condition() or Remaining(self.progress()),
                stall_seconds=PATIENCE_SECONDS,
                pause=lambda _seconds: time.sleep(0.1),
            )

    @contextmanager
    def fault(self, name: str) -> Iterator[None]:
        """What happens inside is the fault; recovery counts from its end."""
        begun = time.time()
        yield
        self.faults.append((name, begun, time.time()))

    def kill(self, name: str) -> None:
        moment = self.cluster.processes[name].kill()
        self.faults.append((f"kill {name}", moment, moment))

    def tries(self, trouble: str) -> list[int]:
        """How often each event with this trouble was tried, seen from outside the forwarder's database."""
        return sorted((self.cluster.folder / event_id).stat().st_size for event_id in self.ledger.troubles[trouble])

    def settled(self) -> bool:
        return self.produced() >= self.events and all(self._is_even(*edge) for edge in EDGES)

    def progress(self) -> list[tuple[int, ...]]:
        return [*(self._counts(*edge) for edge in EDGES), self._tries()]

    def _tries(self) -> tuple[int, ...]:
        """What kills its process is tried again when that is back, which a busy machine takes long for, and so often."""
        sizes = [path.stat().st_size for path in sorted(self.cluster.folder.glob("*-*-*-*-*"))]
        return tuple(min(size, CRASHES_BEFORE_PARKING + 1) for size in sizes)

    def _is_even(self, producer: str, consumer: str) -> bool:
        published, waiting, done, failed, parked = self._counts(producer, consumer)
        return waiting == 0 and done + parked == published and failed == parked

    def _counts(self, producer: str, consumer: str) -> tuple[int, ...]:
        published = "SELECT count(*), count(*) FILTER (WHERE published_at IS NULL) FROM outbox WHERE agency_id = %s"
        done = "SELECT count(DISTINCT event_id) FROM arrival WHERE agency_id = %s AND producer = %s"
        failed = "SELECT count(*), count(parked_at) FROM deferred WHERE agency_id = %s AND producer = %s"
        (counts,) = self.cluster.ask(producer, published, self.agency)
        for sql in (done, failed):
            (more,) = self.cluster.ask(consumer, sql, self.agency, producer)
            counts += more
        return counts

    def finish(self) -> None:
        self.wait_for(self.settled)
        self.ledger = draw_up(self.cluster, self.agency)
        recoveries = [(name, self.ledger.recovery(begun, ended)) for name, begun, ended in self.faults]
        busy = os.getloadavg()[0] / (os.cpu_count() or 1)
        caught_up = ", ".join(
            f"{name} {seconds:.1f} s{'' if seconds < RECOVERED_SECONDS else ' (!)'}" for name, seconds in recoveries
        )
        self.cluster.lines.append(
            f"{self.cluster.kind:9} {self.what:34} seed {self.seed}: {self.events} produced, {self.ledger.effects} effects, "
            f"{self.ledger.per_second():.0f}/s, longest wait {self.ledger.longest():.1f} s; caught up after: {caught_up or '-'}"
            f"; load {busy:.1f} for each processor"
        )
        assert self.ledger.faults == {}, (
            f"seed {self.seed}, {self.what}: {self.ledger.faults}; logs in {self.cluster.folder}"
        )

    def publish_again(self, shuffled: bool) -> None:
        """Publish everything in the origin's outbox once more, past its relay."""
        rows = self.cluster.ask(
            "origin",
            "SELECT routing_key, id::text, body FROM outbox WHERE agency_id = %s ORDER BY position",
            self.agency,
        )
        if shuffled:
            self.random.shuffle(rows)
        publisher = Publisher(self.cluster.direct_url, self.cluster.topology)
        assert publisher.publish([Outgoing(*row) for row in rows]) == len(rows)
        publisher.close()
