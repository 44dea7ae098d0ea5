"""An installation with servers of its own, as `./suar up` starts it: what each of its processes costs."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
from rich.console import Console

from benchmarks.own_process import peak_memory
from benchmarks.rounds import say
from benchmarks.whole import seconds_of, tree_seconds
from suar_demo.client import Api, finish_job
from suar_demo.context import DemoContext
from suar_demo.scenario import Scenario
from suar_demo.steps import people
from suar_demo.target import Target, own_instance
from suar_runner.background import Running
from testkit.backends import bus_backend

Costs = Mapping[str, float]
POSTGRES = "postgres"
MEBIBYTE = 2**20


@dataclass(frozen=True)
class Installation:
    """A running installation on an embedded PostgreSQL, so that its processor time is counted whole."""

    target: Target
    bus: str
    _asked: dict[str, psycopg.Connection[Any]] = field(default_factory=dict)

    @property
    def running(self) -> Running:
        assert self.target.running is not None
        return self.target.running

    @property
    def pids(self) -> dict[str, int]:
        return {one["name"]: one["pid"] for one in self.running.status()["processes"] if one["pid"]}

    def costs(self) -> Costs:
        """Return the seconds of processor time so far, by process; without what answers `ask`."""
        found = {name: tree_seconds(pid) for name, pid in self.pids.items()}
        found[POSTGRES] -= sum(seconds_of(one.info.backend_pid) for one in self._asked.values())
        return {"runner": _own_seconds(self.running.process.pid)} | found

    def peaks(self) -> dict[str, float]:
        """Return the most memory that each process has held at once, in MiB; of one with children, the largest."""
        return {name: max(map(peak_memory, _tree(pid)), default=0.0) / MEBIBYTE for name, pid in self.pids.items()}

    def database(self, name: str) -> psycopg.Connection[Any]:
        """Connect to a database of the installation as its superuser."""
        folder = self.running.folder
        password = (folder.secrets / "postgres-superuser").read_text().strip()
        where = f"host={folder.database_sockets} dbname={name} user=suar_admin password={password}"
        return psycopg.connect(where, autocommit=True)

    def databases(self) -> dict[str, str]:
        """Return the name of each service's database."""
        urls = self.running.access()["databases"].items()
        return {service: str(psycopg.conninfo.conninfo_to_dict(url)["dbname"]) for service, url in urls}

    def ask(self, service: str, question: str) -> Any:
        """Return the first value that a service's database answers, over all agencies."""
        if service not in self._asked:
            self._asked[service] = self.database(self.databases()[service])
        row = self._asked[service].execute(question).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        while self._asked:
            self._asked.popitem()[1].close()


def spent(after: Costs, before: Costs) -> dict[str, float]:
    """Return what was spent in between, by process."""
    return {name: seconds - before.get(name, 0.0) for name, seconds in after.items()}


def _own_seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _tree(pid: int) -> list[int]:
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.Error:
        return []


@contextmanager
def installation(*, embedded_bus: bool = False) -> Iterator[Installation]:
    """Start an installation on an embedded PostgreSQL, with this machine's bus or an embedded one."""
    os.environ.setdefault("SUAR_TEST_GROUND", "local")
    with bus_backend("", "unused") as (bus, where):
        on = "embedded pgmq" if embedded_bus else where
        say(f"  starting an installation (embedded PostgreSQL, {on})")
        with (
            own_instance(
                port=0, bus=None if embedded_bus else bus, database=None, smtp=None, say=lambda _line: None
            ) as target,
            closing(Installation(target, on)) as found,
        ):
            yield found


@contextmanager
def ministry(target: Target, sample: Path) -> Iterator[DemoContext]:
    """Register the agency and its officers; their files are in `sample`, and none is imported."""
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    with httpx.Client(timeout=300, cookies=jar) as http:
        edge = Api(target.base_url, http)
        credentials = {"username": target.operator, "password": target.operator_password}
        signed = edge.post("/api/v1/identity/sessions", credentials)
        operator = edge.signed_in(signed["token"], "Operator")
        context = DemoContext(edge, Scenario(Console(quiet=True)), sample, operator, password=target.operator_password)
        people.register_ministry(context)
        yield context


def import_file(context: DemoContext, kind: str, name: str) -> Any:
    """Upload a file of the sample and return its job once it is done."""
    content = (context.sample / name).read_bytes()
    job = context.hr.upload(f"/api/v1/personnel/imports/{kind}", name, content)
    return finish_job(context.hr, "personnel", job["job_id"])
