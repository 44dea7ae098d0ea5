"""The whole system with a ministry in it, started as an operator starts it, for races over HTTP."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
from rich.console import Console

from benchmarks.rounds import say
from suar_demo.client import Api
from suar_demo.context import YEAR, DemoContext
from suar_demo.scenario import Scenario
from suar_demo.steps import people
from suar_demo.target import Target, own_instance
from suar_runner.background import Running
from suar_sample.generate import SampleRequest, write_sample
from testkit.backends import bus_backend, postgres_backend

# the edge, and what an appraisal passes through; everybody else only consumes its events
EDGE = ("edge", "identity-api", "identity-worker")
# what seven services hold open at their busiest; on a server with fewer free slots they would wait for each other
CONNECTIONS = 60
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Costs:
    """Seconds of processor time so far, by who spent them."""

    edge: float
    appraisal_api: float
    appraisal_worker: float
    consumers: float
    postgres: float
    postgres_consumers: float
    broker: float

    def since(self, before: "Costs") -> "Costs":
        return Costs(**{name: value - getattr(before, name) for name, value in vars(self).items()})


@dataclass
class Whole:
    """A running instance, its people signed in, and what it has cost."""

    target: Target
    context: DemoContext
    database: str | None
    on: str
    _gone: dict[str, float] = field(default_factory=dict)
    _seen: dict[int, tuple[str, float]] = field(default_factory=dict)

    @property
    def running(self) -> Running:
        assert self.target.running is not None
        return self.target.running

    @property
    def base_url(self) -> str:
        return self.target.base_url

    def environment(self, service: str) -> dict[str, str]:
        """What the processes of a service are told."""
        found: dict[str, str] = self.running.access()["environments"][service]
        return found

    def socket(self, service: str) -> str:
        return f"unix:{self.running.folder.run / f'{service}.sock'}"

    def ask(self, service: str, question: str) -> Any:
        """The first value that a service's own database answers."""
        with psycopg.connect(self.running.access()["databases"][service]) as connection:
            row = connection.execute(question).fetchone()
            return row[0] if row else None

    def costs(self) -> Costs:
        """Count the processor time of every process of the instance, of its databases and of the broker."""
        processes = {p["name"]: tree_seconds(p["pid"]) for p in self.running.status()["processes"] if p["pid"]}
        named = {*EDGE, "appraisal-api", "appraisal-worker", "postgres"}
        own, others = self._postgres()
        return Costs(
            edge=sum(processes.get(name, 0.0) for name in EDGE),
            appraisal_api=processes["appraisal-api"],
            appraisal_worker=processes["appraisal-worker"],
            consumers=sum(seconds for name, seconds in processes.items() if name not in named),
            postgres=own,
            postgres_consumers=others,
            broker=_named("beam.smp"),
        )

    def take_statistics(self) -> None:
        """Tell the planner of the rows so far, as autovacuum does within a minute where it is not switched off."""
        for url in self.running.access()["databases"].values():
            with psycopg.connect(url, autocommit=True) as connection:
                # a service owns its tables and nothing else
                connection.execute("SET client_min_messages = error; ANALYZE")

    def _postgres(self) -> tuple[float, float]:
        """The backends of the appraisal service and of identity with what serves all; and those of everybody else."""
        databases = self.running.access()["databases"]
        with psycopg.connect(self._admin()) as connection:
            rows = connection.execute(
                "SELECT pid, coalesce(datname, ''), backend_type FROM pg_stat_activity"
            ).fetchall()
        own = {psycopg.conninfo.conninfo_to_dict(databases[one])["dbname"] for one in ("appraisal", "identity")}
        ours = {psycopg.conninfo.conninfo_to_dict(url)["dbname"] for url in databases.values()} | {"bus"}
        for pid, database, kind in rows:
            if kind == "client backend" and database not in ours:
                continue
            who = "own" if database in own or not database else "others"
            self._seen[pid] = (who, max(seconds_of(pid), self._seen.get(pid, (who, 0.0))[1]))
        sums = {"own": 0.0, "others": 0.0}
        for who, seconds in self._seen.values():
            sums[who] += seconds
        return sums["own"], sums["others"]

    def _admin(self) -> str:
        if self.database:
            return self.database
        folder = self.running.folder
        password = (folder.secrets / "postgres-superuser").read_text().strip()
        return f"host={folder.database_sockets} dbname=postgres user=suar_admin password={password}"


def seconds_of(pid: int) -> float:
    """Processor time of one process and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def tree_seconds(pid: int) -> float:
    """Processor time of a process and of all below it."""
    try:
        children = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return 0.0
    return seconds_of(pid) + sum(seconds_of(child.pid) for child in children)


def _named(name: str) -> float:
    return sum(seconds_of(one.pid) for one in psutil.process_iter(["name"]) if one.info["name"] == name)


def _free_connections(database: str) -> int:
    question = "SELECT current_setting('max_connections')::int - count(*) FROM pg_stat_activity"
    with psycopg.connect(database) as connection:
        row = connection.execute(question).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def whole(employees: int) -> Iterator[Whole]:
    """Start everything on this machine's PostgreSQL and bus, else the embedded ones, with a ministry of that size."""
    # containers would be measured with their network; who has other servers names them
    os.environ.setdefault("SUAR_TEST_GROUND", "local")
    with ExitStack() as stack:
        database, where = stack.enter_context(postgres_backend())
        bus, bus_where = stack.enter_context(bus_backend(database, "suar_benchmarks_bus"))
        fits = "@/" not in database and _free_connections(database) >= CONNECTIONS
        on = f"PostgreSQL: {where if fits else 'embedded'}; bus: {bus_where if bus.startswith('amqp') else 'pgmq'}"
        say(f"  starting the whole system ({on})")
        target = stack.enter_context(
            own_instance(
                port=0,
                bus=bus if bus.startswith("amqp") else None,
                database=database if fits else None,
                smtp=None,
                say=lambda _line: None,
            )
        )
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suar-bench-")))
        jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        http = stack.enter_context(httpx.Client(timeout=60, cookies=jar))
        context = _people(target, http, folder, employees)
        say(f"  {len(context.people)} people are registered and signed in")
        yield Whole(target, context, database if fits else None, on)


def _people(target: Target, http: httpx.Client, folder: Path, employees: int) -> DemoContext:
    """The first acts of the demo: agency, imports, accounts."""
    edge = Api(target.base_url, http)
    signed = edge.post("/api/v1/identity/sessions", {"username": target.operator, "password": target.operator_password})
    operator = edge.signed_in(signed["token"], "Operator")
    write_sample(SampleRequest(employees, 2026, folder, YEAR, formats=("csv",)))
    context = DemoContext(edge, Scenario(Console(quiet=True)), folder, operator, password=target.operator_password)
    people.register_ministry(context)
    people.import_files(context)
    people.correct_superiors(context)
    people.open_accounts(context)
    people.wait_for_projections(context)
    return context
