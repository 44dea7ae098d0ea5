"""What one event costs each service: batches of timelines and of results through its inbox, in one process."""

import importlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import event

from benchmarks.backbone.backlog import AGENCY, Row, appraisals, make, timelines
from benchmarks.pay import make_rules, officer
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from benchmarks.whole import seconds_of
from chassis.bus.contracts import Contracts
from chassis.bus.message import Incoming
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.ids import new_id
from chassis.inbox.inbox import Inbox
from chassis.unit_of_work import UnitOfWork
from testkit.backends import postgres_backend
from testkit.databases import DatabaseFactory, run_name

EVENTS, QUICK_EVENTS, BATCH, GOAL = 5_000, 1_000, 100, 3000
METRICS = (
    Metric("events", "events/s", goal=GOAL),
    Metric("processor", "µs for each event, of its process", more_is_better=False),
    Metric("postgres", "µs for each event, of its back end", more_is_better=False),
    Metric("statements", "for 1,000 events", more_is_better=False),
)
TIMELINES = ("incentive", "training", "wellbeing", "notification")
RESULTS = ("incentive", "notification")


def moved(people: Iterable[Row]) -> list[Row]:
    """Return the next timelines of people: each is moved to a higher class on 15 April."""
    subjects = [UUID(row.subject) for row in people]
    unit = str(new_id())
    before = {
        "first_day": "2026-01-02",
        "last_day": "2026-04-14",
        "unit_id": unit,
        "position_code": "ANALIS",
        "position_kind": "JF",
        "position_level": "AHLI_MUDA",
        "job_class": 9,
        "employment_type": "PNS",
        "status": "ACTIVE",
        "grade": "III/c",
        "grade_since": "2024-04-01",
        "superior_id": str(subjects[0]),
    }
    after = {**before, "first_day": "2026-04-15", "last_day": None, "job_class": 10, "superior_id": str(subjects[1])}
    data = (
        {
            "employee_id": str(subject),
            "service_start": "2019-03-01",
            "changed_from": "2026-04-15",
            "cause": "CHANGE",
            "stretches": [before, after],
            "version": 2,
        }
        for subject in subjects
    )
    rows = make(len(subjects), "personnel", "EmployeeTimelineChanged", data, subjects)
    # the second event of each subject
    return [_numbered(row, 2) for row in rows]


def _numbered(row: Row, sequence: int) -> Row:
    body = row.body.replace('"sequence":1,', f'"sequence":{sequence},')
    return Row(row.id, row.name, row.subject, sequence, row.routing_key, body)


@dataclass
class Bench:
    """A service's inbox on a database of its own."""

    work: UnitOfWork
    inbox: Inbox
    events: int
    statements: int = 0

    def __post_init__(self) -> None:
        event.listen(self.work.database.engine, "before_cursor_execute", self._count)

    def _count(self, _c: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, is_many: bool) -> None:
        self.statements += len(parameters) if is_many else 1

    def new_people(self) -> Sample:
        return self._receive(timelines(self.events))

    def moves(self) -> Sample:
        people = timelines(self.events)
        self._receive(people)
        return self._receive(moved(people))

    def results(self) -> Sample:
        return self._receive(appraisals(self.events))

    def _receive(self, rows: list[Row]) -> Sample:
        deliveries = [Incoming(row.body.encode(), False, False, None) for row in rows]
        with self.work.database.engine.connect() as connection:
            back_end = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        self.statements = 0
        begun, processor, postgres = time.perf_counter(), time.process_time(), seconds_of(back_end)
        for start in range(0, len(deliveries), BATCH):
            self.inbox.receive(deliveries[start : start + BATCH])
        seconds, processor = time.perf_counter() - begun, time.process_time() - processor
        postgres = seconds_of(back_end) - postgres
        with self.work.database.engine.connect() as connection:
            if connection.exec_driver_sql("SELECT count(*) FROM deferred").scalar_one():
                raise RuntimeError("events were deferred")
        return {
            "events": len(rows) / seconds,
            "processor": 1e6 * processor / len(rows),
            "postgres": 1e6 * postgres / len(rows),
            "statements": 1000 * self.statements / len(rows),
        }


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    postgres, _ = stack.enter_context(postgres_backend())
    factory = DatabaseFactory(postgres, stack.enter_context(run_name(postgres)))
    events = options.pick(EVENTS, QUICK_EVENTS)
    benches = {service: _bench(postgres, factory, service, events) for service in TIMELINES}
    for bench in benches.values():
        stack.callback(bench.work.database.engine.dispose)
    note = f"{events:,} events through `Inbox.receive`, {BATCH} in a batch, one batch after the other."
    yield Race(
        title="Timelines of new people",
        metrics=METRICS,
        contestants=[_ours(one, "EmployeeTimelineChanged", benches[one].new_people) for one in TIMELINES],
        note=note,
    )
    yield Race(
        title="Moves",
        metrics=METRICS,
        contestants=[_ours(one, "everybody has another class and superior", benches[one].moves) for one in TIMELINES],
        note=note,
    )
    yield Race(
        title="Results",
        metrics=METRICS,
        contestants=[_ours(one, "AppraisalCompleted of a quarter", benches[one].results) for one in RESULTS],
        note=note,
    )


def _ours(service: str, does: str, run: Callable[[], Sample]) -> Contestant:
    return Contestant(service, does, run, is_ours=True)


def _bench(postgres: str, factory: DatabaseFactory, service: str, events: int) -> Bench:
    url = factory.make(service)
    upgrade(url, migrations_of(service))
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(psycopg.conninfo.make_conninfo(postgres, dbname=name), autocommit=True) as administrator:
        database = sql.Identifier(str(name))
        administrator.execute(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(database))
    work = UnitOfWork(Database.connect(url, pool_size=1), SystemClock(), Contracts(Path("contracts")))
    if service == "incentive":
        make_rules(work, officer(AGENCY))
    return Bench(work, Inbox(work, importlib.import_module(f"{service}.consumers").consumers), events)


SUITE = Suite("handlers", "What an event costs each service", races)
