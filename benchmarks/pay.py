"""A month of pay for a hundred thousand people: lines a second, beside a month without moves, fewer people and COPY."""

import json
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import resources
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import event

from benchmarks.own_process import peak_memory, unit_of_work
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from benchmarks.whole import seconds_of
from chassis.auth import Principal
from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.unit_of_work import UnitOfWork
from incentive.domain.class_amount import AdoptClassAmounts
from incentive.domain.policy import PolicyDraft, PublishPolicy
from incentive.domain.tukin_rules import rules_from
from incentive.jobs import jobs
from incentive.use_cases.allowance_runs.start import start_allowance_run
from incentive.use_cases.class_amounts.adopt import adopt_class_amounts
from incentive.use_cases.policies.create import create_policy
from incentive.use_cases.policies.publish import publish_policy
from testkit.backends import postgres_backend
from testkit.databases import DatabaseFactory, run_name

WHOLE, TENTH = "instansi", "sepersepuluh"
PEOPLE, QUICK_PEOPLE, TEAM, MOVES = 100_000, 2_000, 30, 0.05
MOVED, UNMOVED = date(2026, 4, 1), date(2026, 5, 1)
OFFICER = UUID(int=1)
POLICY = "kementerian-contoh-per-hari"
FILL = Path(__file__).with_suffix(".sql")
RUN_TABLES = "allowance_line, allowance_run, job, job_issue, outbox, event_sequence, recalculation"
METRICS = (
    Metric("lines", "lines/s"),
    Metric("seconds", "s", more_is_better=False),
    Metric("processor", "µs for each line, of the job's process", more_is_better=False),
    Metric("postgres", "µs for each line, of its back end", more_is_better=False),
    Metric("statements", "for 1,000 lines", more_is_better=False),
    Metric("memory", "MB at most", more_is_better=False),
)
# What has come since the last run waits for it: everybody's predicate.
_ENQUEUE = (
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) "
    "SELECT agency_id, employee_id, %s, 'predicate' FROM directory_person WHERE agency_id = %s"
)
_APPROVE = (
    "UPDATE allowance_run SET state = 'APPROVED', approved_by = run_by, approved_at = now() WHERE agency_id = %s "
    "AND month = %s"
)
# Facts of a decided month that are recorded late: of everybody who was moved in it, one count is another.
_CORRECT = (
    "WITH late AS (INSERT INTO attendance_entry "
    "(agency_id, employee_id, month, code, revision, count, source, entered_at) "
    "SELECT agency_id, employee_id, %(month)s, 'TL1', 2, 9, 'file', now() FROM directory_stretch "
    "WHERE agency_id = %(agency)s AND first_day = %(day)s RETURNING agency_id, employee_id, month) "
    "INSERT INTO recalculation (agency_id, employee_id, month, cause) SELECT *, 'attendance' FROM late"
)


@dataclass(frozen=True)
class Spent:
    """What the process that ran the job spent, from the first step to the last."""

    seconds: float
    processor: float
    postgres: float
    statements: int
    memory: float


def _run_job(url: str, agency: str, sender: Connection) -> None:
    """Run the job to its end in a process of its own, so that its processor time and peak memory are its own."""
    work = unit_of_work(url)
    statements = 0

    @event.listens_for(work.database.engine, "before_cursor_execute")
    def count(_c: Any, _cursor: Any, _statement: str, parameters: Any, _context: Any, executemany: bool) -> None:
        nonlocal statements
        statements += len(parameters) if executemany else 1

    with work.transaction(agency) as tx:
        back_end = tx.session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    begun, processor, postgres = time.perf_counter(), time.process_time(), seconds_of(back_end)
    statements = 0
    while jobs.run_step(work):
        pass
    seconds, processor = time.perf_counter() - begun, time.process_time() - processor
    sender.send(Spent(seconds, processor, seconds_of(back_end) - postgres, statements, peak_memory() / 2**20))


@dataclass
class Bench:
    """A filled database of the incentive service."""

    url: str
    administrator: psycopg.Connection[Any]

    def run(self, agency: str, month: date) -> Sample:
        self._clear()
        return self._measured(agency, month)

    def again(self, agency: str, month: date) -> Sample:
        """All is calculated once more, and no line differs."""
        self._clear()
        self._measured(agency, month)
        before = self._newest()
        found = self._measured(agency, month, expected=0)
        if self._newest() != before:
            raise RuntimeError("a second run wrote lines")
        return found

    def corrected(self, agency: str) -> Sample:
        """A month without moves, when facts of the decided month before have come late."""
        self._clear()
        self._measured(agency, MOVED)
        self.administrator.execute(_APPROVE, [agency, MOVED])
        values = {"agency": agency, "month": MOVED, "day": date(2026, 4, 15)}
        late = self.administrator.execute(_CORRECT, values).rowcount
        try:
            return self._measured(agency, UNMOVED, expected=late)
        finally:
            self.administrator.execute("DELETE FROM attendance_entry WHERE revision = 2")

    def copy(self) -> Sample:
        """COPY the lines of the last run into the same table and indexes, in one transaction."""
        if self._lines() < self._people(WHOLE):
            self.run(WHOLE, MOVED)
        with self.administrator.cursor() as cursor, cursor.copy("COPY allowance_line TO STDOUT") as source:
            rows = b"".join(bytes(part) for part in source)
        number, back_end = self._lines(), self.administrator.info.backend_pid
        self.administrator.execute("TRUNCATE allowance_line")
        begun, processor, postgres = time.perf_counter(), time.process_time(), seconds_of(back_end)
        with self.administrator.cursor() as cursor, cursor.copy("COPY allowance_line FROM STDIN") as target:
            target.write(rows)
        seconds, processor = time.perf_counter() - begun, time.process_time() - processor
        spent = Spent(seconds, processor, seconds_of(back_end) - postgres, 1, len(rows) / 2**20)
        return _sample(number, spent)

    def _clear(self) -> None:
        self.administrator.execute(f"TRUNCATE {RUN_TABLES}")

    def _lines(self) -> int:
        (found,) = self.administrator.execute("SELECT count(*) FROM allowance_line").fetchone() or (0,)
        return int(found)

    def _people(self, agency: str) -> int:
        query = "SELECT count(*) FROM directory_person WHERE agency_id = %s"
        (found,) = self.administrator.execute(query, [agency]).fetchone() or (0,)
        return int(found)

    def _newest(self) -> object:
        return self.administrator.execute("SELECT max(calculated_at) FROM allowance_line").fetchone()

    def _measured(self, agency: str, month: date, expected: int | None = None) -> Sample:
        """Run a month to its end; `expected` lines are written besides those of everybody, or instead with 0."""
        before = self._lines()
        self.administrator.execute(_ENQUEUE + " ON CONFLICT DO NOTHING", [month, agency])
        start_allowance_run(unit_of_work(self.url), officer(agency), month=month)
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(target=_run_job, args=(self.url, agency, sender))
        process.start()
        sender.close()
        try:
            spent: Spent = receiver.recv()
        finally:
            process.join()
        people = self._people(agency)
        written = self._lines() - before
        if written != (0 if expected == 0 else people + (expected or 0)):
            raise RuntimeError(f"{written} lines were written")
        return _sample(people + (expected or 0), spent)


def _sample(lines: int, spent: Spent) -> Sample:
    return {
        "lines": lines / spent.seconds,
        "seconds": spent.seconds,
        "processor": 1e6 * spent.processor / lines,
        "postgres": 1e6 * spent.postgres / lines,
        "statements": 1000 * spent.statements / lines,
        "memory": spent.memory,
    }


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    people = options.people or options.pick(PEOPLE, QUICK_PEOPLE)
    bench = _fill(stack, people, options.moves)
    empty = _fill(stack, people // 10, options.moves, analysed=False)
    yield Race(
        title="A month of pay",
        metrics=METRICS,
        contestants=_contestants(bench, empty, people),
        note=f"{people:,} people, {options.moves:.0%} of whom are moved to another unit and class on the 15th; each "
        "line has its event in the outbox. From the first step of the job, of 500 people each, to the totals. "
        "Memory of the job's process; of COPY, its rows.",
    )


def _contestants(bench: Bench, empty: Bench, people: int) -> list[Contestant]:
    ours = {
        "without moves": ("the run of the month after it", partial(bench.run, WHOLE, UNMOVED)),
        "with late facts": (
            "the month without moves, and corrections of the decided one before for everybody who was moved in it",
            partial(bench.corrected, WHOLE),
        ),
        "with moves, a tenth of the people": (
            f"an agency of {people // 10:,} people in the same database",
            partial(bench.run, TENTH, MOVED),
        ),
        "the same, planned on empty tables": (
            "in a database whose statistics are those of before it was filled, and nobody takes them anew",
            partial(empty.run, WHOLE, MOVED),
        ),
        "the same once more": (
            "of a tenth of the people all is calculated and compared again, and no line is written",
            partial(bench.again, TENTH, MOVED),
        ),
    }
    return [
        Contestant("with moves", "the run of the month in which they are moved", partial(bench.run, WHOLE, MOVED)),
        *(Contestant(name, does, run, is_ours=True) for name, (does, run) in ours.items()),
        Contestant("COPY", "the lines of a run into the same table and indexes in one transaction", bench.copy),
    ]


def _fill(stack: ExitStack, people: int, moves: float, *, analysed: bool = True) -> Bench:
    """Make a database and fill it. Not `analysed`: its statistics are those of empty tables, as before autovacuum."""
    postgres, _ = stack.enter_context(postgres_backend())
    factory = DatabaseFactory(postgres, stack.enter_context(run_name(postgres)))
    url = factory.make("incentive")
    upgrade(url, migrations_of("incentive"))
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    administrator = psycopg.connect(psycopg.conninfo.make_conninfo(postgres, dbname=name), autocommit=True)
    stack.callback(administrator.close)
    administrator.execute(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(sql.Identifier(str(name))))
    administrator.execute("VACUUM ANALYZE")
    each = max(1, round(1 / moves)) if moves else people + 1
    for agency, number in ((WHOLE, people), (TENTH, people // 10)):
        sizes = {"agency": agency, "people": number, "units": max(1, number // TEAM), "each": each}
        administrator.execute(FILL.read_text().format(**sizes).encode())
        make_rules(unit_of_work(url), officer(agency))
    if analysed:
        administrator.execute("VACUUM ANALYZE")
    return Bench(url, administrator)


def make_rules(work: UnitOfWork, officer: Principal) -> None:
    """Publish the policy and adopt the amounts by which the months are paid."""
    found = json.loads(resources.files("incentive.persistence").joinpath("defaults/policies.json").read_text())
    rules = next(rules_from(item["rules"]) for item in found if item["name"] == POLICY)
    draft = PolicyDraft(POLICY, date(2026, 1, 1), None, rules, POLICY, "invented example")
    policy = create_policy(work, officer, draft)
    with work.transaction(officer.agency_id) as tx:
        publish_policy(tx, officer, PublishPolicy(policy.id, None))
        adopt_class_amounts(tx, officer, AdoptClassAmounts("perpres-103-2022", date(2026, 1, 1)))


def officer(agency: str) -> Principal:
    return Principal(OFFICER, agency, frozenset({"hr_officer"}))


SUITE = Suite("pay", "A month of pay for a hundred thousand people", races)
