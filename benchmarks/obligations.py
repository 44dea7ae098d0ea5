"""Everybody's obligations of a year, opened by one job: rows a second, memory; a kill or a repeat changes nothing."""

import hashlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from appraisal.jobs import jobs
from appraisal.use_cases.obligations.open_year import JOB, OpeningParams
from benchmarks.own_process import peak_memory, unit_of_work, upgraded_database
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from chassis.jobs import start

AGENCY, YEAR = "instansi", 2026
PEOPLE, QUICK_PEOPLE, TEAM = 100_000, 2_000, 30
FILL = Path(__file__).with_suffix(".sql")
METRICS = (
    Metric("rows", "rows/s"),
    Metric("people", "people/s"),
    Metric("memory", "MB at most", more_is_better=False),
)
# What a row says, without its id and when it was written: the same after a kill and without one.
_CONTENT = (
    "SELECT md5(string_agg(o::text, '|' ORDER BY employee_id, kind, subject)) FROM (SELECT employee_id, kind, subject, "
    "unit_id, owed_by, owed_to, first_day, last_day, working_days, opens_at, due_at, state, reason, done_at, matter_id "
    "FROM obligation) o"
)


@dataclass(frozen=True)
class Report:
    """What a process that ran the job says of it."""

    new: int
    changed: int
    people: int
    memory: float


def _run_job(url: str, sender: Connection) -> None:
    """Run the job to its end in a process of its own, so that its peak memory is its own."""
    work = unit_of_work(url)
    with work.transaction(AGENCY) as tx:
        job_id = tx.session.connection().exec_driver_sql("SELECT id FROM job ORDER BY created_at DESC LIMIT 1").scalar()
    sender.send(0)
    result: dict[str, Any] = {}
    while True:
        jobs.run_step(work)
        with work.transaction(AGENCY) as tx:
            query = "SELECT status, result, processed FROM job WHERE id = %s"
            status, result, processed = tx.session.connection().exec_driver_sql(query, (job_id,)).one()
        sender.send(processed)
        if status not in {"QUEUED", "RUNNING"}:
            break
        time.sleep(0 if status == "RUNNING" else 0.05)
    sender.send(Report(result["new"], result["changed"], result["people"], peak_memory() / 2**20))


@dataclass
class Bench:
    """A filled database of the appraisal service."""

    url: str
    administrator: psycopg.Connection[Any]
    people: int
    content: str = ""

    def clear(self) -> None:
        self.administrator.execute("TRUNCATE obligation, obligation_year, job, job_issue")

    def rows(self) -> int:
        (found,) = self.administrator.execute("SELECT count(*) FROM obligation").fetchone() or (0,)
        return int(found)

    def open(self, kill_after: int | None = None) -> tuple[float, Report]:
        """Run the job; with `kill_after` its process is killed once so many people are done, and another goes on."""
        with unit_of_work(self.url).transaction(AGENCY) as tx:
            start(tx, JOB, OpeningParams(YEAR), None)
        seconds, found = self._process(kill_after)
        if found is None:
            more, found = self._process(None)
            seconds += more
        assert found is not None
        return seconds, found

    def _process(self, kill_after: int | None) -> tuple[float, Report | None]:
        """Return the seconds from the first step to the end or the kill, and what the process said at its end."""
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(target=_run_job, args=(self.url, sender))
        process.start()
        sender.close()
        assert receiver.recv() == 0
        begun, news = time.perf_counter(), 0
        try:
            while not isinstance(news := receiver.recv(), Report):
                if kill_after is not None and news >= kill_after:
                    os.kill(process.pid or 0, signal.SIGKILL)
                    break
            seconds = time.perf_counter() - begun
        finally:
            process.join()
        return seconds, news if isinstance(news, Report) else None

    def first(self) -> Sample:
        self.clear()
        seconds, found = self.open()
        self._same()
        return self._sample(seconds, found, self.rows())

    def again(self) -> Sample:
        """Every row is computed and compared, and none is written."""
        self.clear()
        self.open()
        seconds, found = self.open()
        if (found.new, found.changed) != (0, 0):
            raise RuntimeError(f"a second run wrote {found.new} new and {found.changed} changed rows")
        self._same()
        return self._sample(seconds, found, self.rows())

    def killed(self) -> Sample:
        self.clear()
        seconds, found = self.open(kill_after=self.people // 2)
        self._same()
        return self._sample(seconds, found, self.rows())

    def copy(self) -> Sample:
        """COPY the same rows into the same table and indexes, in one transaction."""
        self.clear()
        self.open()
        with self.administrator.cursor() as cursor, cursor.copy("COPY obligation TO STDOUT") as source:
            rows = b"".join(bytes(part) for part in source)
        number = self.rows()
        self.administrator.execute("TRUNCATE obligation")
        begun = time.perf_counter()
        with self.administrator.cursor() as cursor, cursor.copy("COPY obligation FROM STDIN") as target:
            target.write(rows)
        seconds = time.perf_counter() - begun
        return {"rows": number / seconds, "people": self.people / seconds, "memory": len(rows) / 2**20}

    def _same(self) -> None:
        """Raise RuntimeError unless the register is as every other run left it."""
        (found,) = self.administrator.execute(_CONTENT).fetchone() or ("",)
        digest = hashlib.sha256(str(found).encode()).hexdigest()
        self.content = self.content or digest
        if digest != self.content:
            raise RuntimeError("the rows differ from those of another run")

    def _sample(self, seconds: float, found: Report, rows: int) -> Sample:
        return {"rows": rows / seconds, "people": found.people / seconds, "memory": found.memory}


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    bench = _fill(stack, options.pick(int(os.environ.get("SUAR_BENCHMARK_PEOPLE", PEOPLE)), QUICK_PEOPLE))
    yield Race(
        title="Opening a year",
        metrics=METRICS,
        contestants=[
            Contestant("opened", "the job, from its first step to its last, into an empty table", bench.first),
            Contestant("opened again", "the same once more: all is computed and compared, 0 rows written", bench.again),
            Contestant(
                "killed in the middle",
                "SIGKILL when half of the people are done; another process goes on; the same rows",
                partial(bench.killed),
            ),
            Contestant("COPY", "the same rows into the same table and indexes in one transaction", bench.copy),
        ],
        note=f"{bench.people:,} people of one agency, with plans and evaluations of the year. Rates count from the "
        "first of its steps, of 1,000 people each. Memory of the process that ends the job; of COPY, its rows.",
    )


def _fill(stack: ExitStack, people: int) -> Bench:
    url, administrator = upgraded_database(stack, "appraisal")
    administrator.execute(
        sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(sql.Identifier(administrator.info.dbname))
    )
    administrator.execute(FILL.read_text().format(people=people, units=people // TEAM).encode())
    administrator.execute("VACUUM ANALYZE")
    return Bench(url, administrator, people)


SUITE = Suite("obligations", "The obligations of a hundred thousand people", races)
