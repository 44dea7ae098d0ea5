"""From a file of people to every service knowing all of them: how long, at what cost, beside COPY of the same rows."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.installation import MEBIBYTE, POSTGRES, Installation, import_file, installation, ministry, spent
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite, say
from chassis.waiting import Remaining, wait_for
from suar_demo.context import YEAR
from suar_sample.generate import SampleRequest, write_sample

OURS, COPY = "Suar", "COPY"
CONSUMERS = ("appraisal", "training", "incentive", "wellbeing", "notification")
PROCESSES = ("personnel-api", "personnel-worker", *(f"{service}-worker" for service in CONSUMERS), POSTGRES)
QUEUES = {"incentive": "eligibility_due", "notification": "feed_queue"}
GOAL_SECONDS = 60
QUIET_SECONDS = 2.0
WHOLE = (
    Metric("known", "s until everybody is known everywhere", more_is_better=False, goal=GOAL_SECONDS),
    Metric("job", "s until the import's job is done", more_is_better=False),
    Metric("rows", "rows written"),
    Metric("rate", "rows/s until known"),
    Metric("cpu", "s of CPU in all, until everything has come to rest, without RabbitMQ", more_is_better=False),
    Metric("each", "ms of CPU for each person", more_is_better=False),
    Metric("wal", "MiB of WAL", more_is_better=False),
)
BY_PROCESS = (
    Metric("cpu", "s of CPU", more_is_better=False),
    Metric("each", "ms of CPU for each person", more_is_better=False),
    Metric("peak", "MiB of memory at most, of its largest process", more_is_better=False),
)
_COLUMNS = (
    "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns "
    "JOIN information_schema.tables USING (table_schema, table_name) WHERE table_schema = 'public' "
    "AND table_type = 'BASE TABLE' AND is_generated = 'NEVER' GROUP BY table_name"
)
# What waits in a service, or is under way.
_WAITING = (
    "SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL) "
    "+ (SELECT count(*) FROM deferred WHERE next_attempt_at IS NOT NULL) "
    "+ (SELECT count(*) FROM job WHERE status IN ('QUEUED', 'RUNNING'))"
)
_POSITION = "SELECT pg_current_wal_lsn()::text"
_DOES = {
    "personnel-api": "takes the upload and answers whoever waits for the job",
    "personnel-worker": "runs the job and relays its events",
    "incentive-worker": "keeps the directory, marks months, assesses everybody's eligibility once",
    "notification-worker": "keeps the directory, names and addresses, and gives every event its place in the feed",
    POSTGRES: "all databases of the installation",
}


@dataclass
class Growth:
    """Imports one file into an installation of its own for each round; each contestant takes its part of the rounds."""

    sample: Path
    played: list[dict[str, Sample]] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)

    def take(self, part: str) -> Sample:
        """Return the next sample of this part; play a round where there is none yet."""
        if self.taken[part] == len(self.played):
            self.played.append(self._play())
        self.taken[part] += 1
        return self.played[self.taken[part] - 1][part]

    def _play(self) -> dict[str, Sample]:
        with installation() as system, ministry(system.target, self.sample) as context:
            import_file(context, "units", "unit.csv")
            come_to_rest(system)
            before, position, begun = system.costs(), system.ask("personnel", _POSITION), time.perf_counter()
            import_file(context, "employees", "pegawai.csv")
            job = time.perf_counter() - begun
            known = _wait_until_known(system, begun)
            say(f"  the job took {job:.1f} s, everybody was known after {known:.1f} s")
            come_to_rest(system)
            costs, peaks = spent(system.costs(), before), system.peaks()
            wal = float(system.ask("personnel", f"SELECT (pg_current_wal_lsn() - '{position}') / 1048576.0"))
            people = system.ask("personnel", "SELECT count(*) FROM employee")
            copied = _copy_all(system, people)
        ours = _sample(known, job, copied["rows"], sum(costs.values()), people, wal)
        return {OURS: ours, COPY: copied} | {
            name: {"cpu": costs[name], "each": 1000 * costs[name] / people, "peak": peaks[name]} for name in PROCESSES
        }


def _sample(known: float, job: float, rows: float, cpu: float, people: int, wal: float) -> Sample:
    return {
        "known": known,
        "job": job,
        "rows": rows,
        "rate": rows / known,
        "cpu": cpu,
        "each": 1000 * cpu / people,
        "wal": wal,
    }


def _wait_until_known(system: Installation, begun: float) -> float:
    """Return after how many seconds each service has everybody of personnel."""
    wanted = system.ask("personnel", "SELECT count(*) FROM employee")

    def missing() -> float | Remaining:
        left = {one: wanted - system.ask(one, "SELECT count(*) FROM directory_person") for one in CONSUMERS}
        return Remaining(str(left)) if any(left.values()) else time.perf_counter() - begun

    return wait_for("everybody known everywhere", missing, pause=lambda _seconds: time.sleep(0.5))


def come_to_rest(system: Installation) -> None:
    """Wait until nothing is left to do anywhere, and nothing has been received for a while."""
    services = [one for one in system.databases() if one != "identity"]
    last, since = -1, time.monotonic()

    def is_quiet() -> bool | Remaining:
        nonlocal last, since
        waiting = sum(system.ask(one, _WAITING) for one in services)
        waiting += sum(system.ask(one, f"SELECT count(*) FROM {table}") for one, table in QUEUES.items())
        received = sum(system.ask(one, "SELECT count(*) FROM inbox") for one in services)
        if waiting or received != last:
            last, since = received, time.monotonic()
            return Remaining(f"{waiting} waiting, {received} received")
        return time.monotonic() - since > QUIET_SECONDS

    wait_for("rest", is_quiet, pause=lambda _seconds: time.sleep(1.0))


def _copy_all(system: Installation, people: int) -> Sample:
    """COPY all rows of all services into like tables with like indexes, in a transaction for each service."""
    seconds, cpu, rows, wal = 0.0, 0.0, 0, 0.0
    for service, name in system.databases().items():
        with system.database(name) as connection, tempfile.TemporaryDirectory() as folder:
            connection.execute("CREATE SCHEMA copied")
            tables = {row[0]: row[1] for row in connection.execute(_COLUMNS)}
            files = {table: _unload(connection, table, tables[table], Path(folder)) for table in tables}
            position, before = system.ask(service, _POSITION), system.costs()[POSTGRES]
            begun = time.perf_counter()
            with connection.transaction():
                rows += sum(_load(connection, table, tables[table], file) for table, file in files.items())
            seconds += time.perf_counter() - begun
            cpu += system.costs()[POSTGRES] - before
            wal += float(system.ask(service, f"SELECT (pg_current_wal_lsn() - '{position}') / 1048576.0"))
            connection.execute("SET client_min_messages = error; DROP SCHEMA copied CASCADE")
    return _sample(seconds, seconds, rows, cpu, people, wal)


def _unload(connection: psycopg.Connection[Any], table: str, columns: list[str], folder: Path) -> Path:
    """Write a table's rows to a file, and make an empty table like it."""
    statement = sql.SQL("COPY {} ({}) TO STDOUT (FORMAT binary)")
    named = statement.format(sql.Identifier("public", table), sql.SQL(", ").join(map(sql.Identifier, columns)))
    with (folder / table).open("wb") as file, connection.cursor() as cursor, cursor.copy(named) as copy:
        for part in copy:
            file.write(part)
    like = sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)")
    connection.execute(like.format(sql.Identifier("copied", table), sql.Identifier("public", table)))
    return folder / table


def _load(connection: psycopg.Connection[Any], table: str, columns: list[str], source: Path) -> int:
    """COPY a file into the empty table; return the number of its rows."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)")
    named = statement.format(sql.Identifier("copied", table), sql.SQL(", ").join(map(sql.Identifier, columns)))
    with connection.cursor() as cursor:
        with source.open("rb") as file, cursor.copy(named) as copy:
            while part := file.read(MEBIBYTE):
                copy.write(part)
        return cursor.rowcount


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    people = options.people or options.pick(10_000, 1_000)
    sample = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suar-growth-")))
    write_sample(SampleRequest(people, 2026, sample, YEAR, formats=("csv",)))
    growth = Growth(sample)
    yield Race(
        title="From the file to everywhere",
        metrics=WHOLE,
        contestants=[
            Contestant(
                OURS,
                "HR uploads the file to an agency that has its units; the job checks and saves each row and publishes; "
                "five services keep everybody in their directories and do what follows from it",
                partial(growth.take, OURS),
            ),
            Contestant(
                COPY,
                "all rows that the services then hold, by COPY into like tables with like indexes; nothing is checked, "
                "published or compared",
                partial(growth.take, COPY),
            ),
        ],
        note=f"A file of {people:,} rows, an installation with an embedded PostgreSQL for each round.",
    )
    yield Race(
        title="Whose processor time it is",
        metrics=BY_PROCESS,
        contestants=[
            Contestant(name, _DOES.get(name, "keeps the directory"), partial(growth.take, name), is_ours=True)
            for name in PROCESSES
        ],
        note=f"Of the same rounds with {people:,} rows.",
    )


SUITE = Suite("known-everywhere", "From a file to everybody known everywhere", races)
