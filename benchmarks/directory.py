"""The directory of a million people: how long each question takes, and how fast timelines are applied."""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from chassis.bus.contracts import Contracts
from chassis.bus.envelope import schema_path
from chassis.bus.message import Incoming
from chassis.clock import SystemClock
from chassis.consumers import Consumers
from chassis.db import Database
from chassis.db.migration import upgrade
from chassis.db.migration_files import read_migrations, tables_of
from chassis.ids import new_id
from chassis.inbox.inbox import Inbox
from chassis.pagination import PageRequest
from chassis.unit_of_work import Transaction, UnitOfWork
from directory import questions
from directory.consuming import keep_directory
from directory.keeping import Hooks
from directory.timelines import Period
from testkit.backends import postgres_backend
from testkit.databases import DatabaseFactory, run_name

AGENCIES, STRETCHES, BATCH = 10, 3, 100
PERSON, UNIT, OFFICIAL, SUBSTITUTION = 1, 2, 3, 4
FIRST_DAY, DAYS = date(2024, 1, 1), 1000
GOAL_MS, GOAL_EVENTS = 5, 3000
QUESTION = (Metric("p50", "ms", more_is_better=False), Metric("p95", "ms", more_is_better=False, goal=GOAL_MS))
APPLYING = (Metric("events", "timelines/s", goal=GOAL_EVENTS), Metric("rows", "rows/s"))
FILL = Path(__file__).with_suffix(".sql")
_DIRECTORY_TABLES = ("agency", "person", "stretch", "unit", "unit_stretch", "substitution", "external_official")
Ask = Callable[[Transaction, "Draw"], object]


def identifier(kind: int, number: int) -> UUID:
    return UUID(int=(kind << 64) | number)


@dataclass
class Draw:
    """Random people, units and days of one agency of the filled database."""

    chance: random.Random
    people_each: int
    units_each: int
    agency: int = 0

    def person(self) -> UUID:
        return identifier(PERSON, self.agency * self.people_each + self.chance.randrange(self.people_each))

    def people(self) -> list[UUID]:
        return [self.person() for _ in range(BATCH)]

    def leader(self) -> UUID:
        return identifier(PERSON, self.agency * self.people_each + self.chance.randrange(self.units_each))

    def unit(self) -> UUID:
        return identifier(UNIT, self.agency * self.units_each + self.chance.randrange(self.units_each))

    def root(self) -> UUID:
        return identifier(UNIT, self.agency * self.units_each)

    def all_units(self) -> list[UUID]:
        first = self.agency * self.units_each
        return [identifier(UNIT, first + number) for number in range(self.units_each)]

    def day(self) -> date:
        return FIRST_DAY + timedelta(self.chance.randrange(DAYS))

    def year(self) -> Period:
        year = self.chance.choice([2024, 2025, 2026])
        return Period(date(year, 1, 1), date(year, 12, 31))


ASKED: dict[tuple[str, str], Ask] = {
    ("person_on", "what a person was on a day"): lambda tx, draw: questions.person_on(tx, draw.person(), draw.day()),
    ("stretches", "the stretches of a year"): lambda tx, draw: questions.stretches(tx, draw.person(), draw.year()),
    ("days_in", "days of a year by status and type of employment"): lambda tx, draw: questions.days_in(
        tx, draw.person(), draw.year(), questions.Where(status=["ACTIVE"], employment_type=["PNS", "CPNS"])
    ),
    ("superior_on", "with capacity, holder and who can be reached"): lambda tx, draw: questions.superior_on(
        tx, draw.person(), draw.day()
    ),
    ("reviewer_on", "the same of the superior's superior"): lambda tx, draw: questions.reviewer_on(
        tx, draw.person(), draw.day()
    ),
    ("subordinates_on", "of a leader, some 40 people, also in another's place"): lambda tx, draw: (
        questions.subordinates_on(tx, draw.leader(), draw.day())
    ),
    ("leads_on", "units led, also in another's place"): lambda tx, draw: questions.leads_on(
        tx, draw.leader(), draw.day()
    ),
    ("units_below", "of a random unit"): lambda tx, draw: questions.units_below(tx, draw.unit(), draw.day()),
    ("people_of, one unit", "a page of 50"): lambda tx, draw: questions.people_of(
        tx, [draw.unit()], draw.day(), PageRequest(50)
    ),
    ("today", "in the agency's zone"): lambda tx, _draw: questions.today(tx),
}
ASKED_OF_MANY: dict[tuple[str, str], Ask] = {
    ("people_on", "of 100 people"): lambda tx, draw: questions.people_on(tx, draw.people(), draw.day()),
    ("stretches_each", "of 100 people"): lambda tx, draw: questions.stretches_each(tx, draw.people(), draw.year()),
    ("days_in_each", "of 100 people"): lambda tx, draw: questions.days_in_each(tx, draw.people(), draw.year()),
    ("superiors_on", "of 100 people"): lambda tx, draw: questions.superiors_on(tx, draw.people(), draw.day()),
    ("reviewers_on", "of 100 people"): lambda tx, draw: questions.reviewers_on(tx, draw.people(), draw.day()),
    ("units_below, the whole agency", "3,000 units"): lambda tx, draw: questions.units_below(
        tx, draw.root(), draw.day()
    ),
    ("people_of, all units", "a page of 50 from 3,000 units"): lambda tx, draw: questions.people_of(
        tx, draw.all_units(), draw.day(), PageRequest(50)
    ),
}


@dataclass
class Bench:
    """The filled database, and a service's inbox on it."""

    url: str
    administrator: psycopg.Connection[Any]
    people_each: int
    units_each: int
    asked: int
    events: int
    sizes: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        consumers = Consumers("copy")
        keep_directory(consumers, Hooks(on_people_changed=lambda _tx, _changes: None))
        database = Database.connect(self.url, pool_size=1)
        self.work = UnitOfWork(database, SystemClock(), Contracts(Path("contracts")))
        self.inbox = Inbox(self.work, consumers)

    def ask(self, question: Ask) -> Sample:
        """Ask so often, of a random agency each time; the first tenth does not count."""
        draw, waits = Draw(random.Random(1), self.people_each, self.units_each), []
        for _ in range(self.asked):
            draw.agency = draw.chance.randrange(AGENCIES)
            with self.work.transaction(f"instansi-{draw.agency}") as tx:
                begun = time.perf_counter()
                question(tx, draw)
                waits.append(1000 * (time.perf_counter() - begun))
        cuts = quantiles(waits[self.asked // 10 :], n=20, method="inclusive")
        return {"p50": cuts[9], "p95": cuts[18]}

    def apply(self, version: int) -> Sample:
        """Apply timelines through the inbox, in batches; those of version 2 move people who are known already."""
        agency = f"baru-{next(self.sizes)}"
        people = [new_id() for _ in range(self.events)]
        if version > 1:
            self._receive([_envelope(agency, person, version - 1) for person in people])
        seconds = self._receive([_envelope(agency, person, version) for person in people])
        self._forget(agency)
        written = STRETCHES + 1 if version == 1 else 3  # a version 2 ends one stretch, adds another and is noted
        return {"events": self.events / seconds, "rows": self.events * written / seconds}

    def _receive(self, bodies: list[bytes]) -> float:
        deliveries = [Incoming(body, False, False, None) for body in bodies]
        begun = time.perf_counter()
        for start in range(0, len(deliveries), BATCH):
            self.inbox.receive(deliveries[start : start + BATCH])
        return time.perf_counter() - begun

    def copy(self) -> Sample:
        """COPY the rows of as many people into the same tables, in one transaction."""
        agency, people = f"baru-{next(self.sizes)}", [new_id() for _ in range(self.events)]
        stretches = [(agency, person, *one.values()) for person in people for one in _stretches(STRETCHES)]
        begun = time.perf_counter()
        with self.administrator.transaction(), self.administrator.cursor() as cursor:
            with cursor.copy("COPY directory_person FROM STDIN") as copy:
                for person in people:
                    copy.write_row((agency, person, 1, date(2019, 3, 1)))
            with cursor.copy("COPY directory_stretch FROM STDIN") as copy:
                for row in stretches:
                    copy.write_row(row)
        seconds = time.perf_counter() - begun
        self._forget(agency)
        return {"events": self.events / seconds, "rows": self.events * (STRETCHES + 1) / seconds}

    def _forget(self, agency: str) -> None:
        for table in ("directory_person", "directory_stretch"):
            name = sql.Identifier(table)
            self.administrator.execute(sql.SQL("DELETE FROM {} WHERE agency_id = %s").format(name), [agency])


def _stretches(number: int) -> list[dict[str, Any]]:
    """Return stretches of half a year, in each of which something is new, the last one open."""
    firsts = [date(2024 + half // 2, 1 + half % 2 * 6, 1) for half in range(number + 1)]
    return [
        {
            "first_day": firsts[half],
            "last_day": firsts[half + 1] - timedelta(1) if half < number - 1 else None,
            "unit_id": identifier(UNIT, half),
            "position_code": "JF-ASDM-1",
            "position_kind": "JF",
            "position_level": "AHLI_PERTAMA",
            "job_class": 8 + half,
            "employment_type": "PNS",
            "status": "ACTIVE",
            "grade": "III/b",
            "grade_since": date(2022, 4, 1),
            "superior_id": identifier(PERSON, half),
        }
        for half in range(number)
    ]


def _envelope(agency: str, person: UUID, version: int) -> bytes:
    data = {
        "employee_id": person,
        "service_start": date(2019, 3, 1),
        "changed_from": FIRST_DAY,
        "cause": "CHANGE",
        "stretches": _stretches(STRETCHES - 1 + version),
        "version": version,
    }
    envelope = {
        "id": new_id(),
        "source": "/suar/personnel",
        "type": "EmployeeTimelineChanged",
        "subject": person,
        "time": datetime(2026, 1, 2, 1, tzinfo=UTC).isoformat(),
        "dataschema": "/contracts/" + schema_path("personnel", "EmployeeTimelineChanged", 1),
        "agency": agency,
        "sequence": version,
        "data": data,
    }
    return json.dumps(envelope, default=str).encode()


def _contestants(bench: Bench, asked: dict[tuple[str, str], Ask]) -> list[Contestant]:
    return [Contestant(name, does, partial(bench.ask, ask), is_ours=True) for (name, does), ask in asked.items()]


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    people = options.pick(1_000_000, 20_000)
    bench = _fill(options, stack, people)
    units = bench.units_each * AGENCIES
    note = f"{people:,} people with {people * STRETCHES:,} stretches in {AGENCIES} agencies, {units:,} units."
    yield Race(
        title="One question",
        metrics=QUESTION,
        contestants=_contestants(bench, ASKED),
        note=f"{note} Each is asked {bench.asked} times, with row-level security, of random people, units and days.",
    )
    yield Race(
        title=f"The same of {BATCH} people, or of a whole agency",
        metrics=QUESTION,
        contestants=_contestants(bench, ASKED_OF_MANY),
        note=note,
    )
    yield Race(
        title="Applying timelines",
        metrics=APPLYING,
        contestants=[
            Contestant(
                "new people",
                f"{bench.events:,} timelines of {STRETCHES} stretches through `Inbox.receive`, {BATCH} in a batch",
                partial(bench.apply, 1),
            ),
            Contestant("moves", "their next versions: one more stretch each", partial(bench.apply, 2), is_ours=True),
            Contestant("COPY", "the same rows into the same tables and indexes in one transaction", bench.copy),
        ],
        note=note,
    )


def _fill(options: Options, stack: ExitStack, people: int) -> Bench:
    """Make the database of a service that includes the directory and nothing else, and fill it."""
    postgres, _ = stack.enter_context(postgres_backend())
    factory = DatabaseFactory(postgres, stack.enter_context(run_name(postgres)))
    migrations = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    markers = [f"-- migrate: messaging-tables {len(read_migrations(tables_of('messaging')))}"]
    markers.append(f"-- migrate: tables-of directory {len(read_migrations(tables_of('directory')))}")
    (migrations / "0001_directory.sql").write_text("\n".join(markers))
    url = factory.make("directory")
    upgrade(url, migrations)
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    administrator = psycopg.connect(psycopg.conninfo.make_conninfo(postgres, dbname=name), autocommit=True)
    stack.callback(administrator.close)
    administrator.execute(sql.SQL("ALTER DATABASE {} RESET synchronous_commit").format(sql.Identifier(str(name))))
    people_each, units_each = people // AGENCIES, people * 3 // 100 // AGENCIES
    sizes = {"agencies": AGENCIES, "people": people_each, "units": units_each}
    administrator.execute(FILL.read_text().format(**sizes).encode())
    for table in _DIRECTORY_TABLES:
        administrator.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(f"directory_{table}")))
    bench = Bench(url, administrator, people_each, units_each, options.pick(1000, 200), options.pick(20_000, 2_000))
    stack.callback(bench.work.database.engine.dispose)
    return bench


SUITE = Suite("directory", "The directory of a million people", races)
