"""The three races of the backbone: draining an outbox, from commit to effect, and how long one event takes."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from psycopg import Connection as Database

from benchmarks.backbone import backlog
from benchmarks.backbone.backlog import Row
from benchmarks.backbone.environment import Child, Environment, open_environment, wait
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from chassis.bus.topology import connect, declare

PER_SECOND = 200
WARM_UP_SECONDS = 2
_TRIGGER = """
CREATE FUNCTION notify_effect() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('bench_effect', NEW.event_id::text); RETURN NULL; END $$;
CREATE TRIGGER notify_effect AFTER INSERT ON effect FOR EACH ROW EXECUTE FUNCTION notify_effect();
"""


_PROCESSOR = Metric("processor", "µs per event", more_is_better=False)


@dataclass
class Bench:
    """The runs themselves: each begins on empty tables and queues, with processes of its own."""

    environment: Environment
    options: Options

    # 1. the relay

    def relay(self, rows: list[Row], component: str) -> Sample:
        """Everything in one outbox, until the last row is noted as confirmed."""
        with self._relay(component) as relay, _measured(rows, relay) as sample:
            backlog.commit(database := self.environment.admin("producer"), rows)
            start = time.time()
            wait(lambda: not self._unpublished(database), "the outbox is drained", every=0.02)
            (end,) = _one(database, "SELECT extract(epoch FROM max(published_at))::float FROM outbox")
            sample["events"] = len(rows) / (end - start)
        return sample

    def publish(self, rows: list[Row], module: str) -> Sample:
        """A peer's publisher, from its first event until its last confirm."""
        self.environment.empty_queue(f"{self.environment.prefix}.{module.partition('_')[2]}")
        with self._publisher(rows, module) as publisher, _measured(rows, publisher) as sample:
            start = time.time()
            publisher.send("go")
            publisher.expect("done")
            sample["events"] = len(rows) / (time.time() - start)
        return sample

    # 2. from commit to effect

    def ours(self, rows: list[Row], producer: str, consumer: str) -> Sample:
        """A worker of the producer and one of the consumer: from the commit of all to that of the last effect."""
        self._clear(producer, consumer)
        with (
            self.environment.worker(consumer) as consuming,
            self.environment.worker(producer) as producing,
            _measured(rows, consuming, producing) as sample,
        ):
            backlog.commit(self.environment.admin(producer), rows)
            sample["events"] = self._await(self.environment.admin(consumer), rows, time.time())
        return sample

    def floor(self, rows: list[Row]) -> Sample:
        with (
            self._floor_consumer() as consuming,
            self._relay("floor") as producing,
            _measured(rows, consuming, producing) as sample,
        ):
            backlog.commit(self.environment.admin("producer"), rows)
            sample["events"] = self._await(self.environment.admin("peer"), rows, time.time())
        return sample

    def peer(self, rows: list[Row], module: str) -> Sample:
        """A peer's publisher and consumer at once, from the first event until the commit of the last effect."""
        with (
            self._peer_consumer(module) as consuming,
            self._publisher(rows, module) as producing,
            _measured(rows, consuming, producing) as sample,
        ):
            start = time.time()
            producing.send("go")
            sample["events"] = self._await(self.environment.admin("peer"), rows, start)
        return sample

    # 3. how long one event takes

    def latency(self, who: str, processes: Callable[[], ExitStack], where: str) -> Sample:
        count = PER_SECOND * (self.options.pick(22, 7))
        path = self.environment.folder / f"committed-{who}.json"
        self.environment.empty("producer", "outbox", "noted")
        arguments = ("-m", "benchmarks.backbone.produce", who, str(PER_SECOND), str(count), str(path))
        with (
            processes(),
            _telling(self.environment.admin(where)),
            self.environment.child(f"produce-{who}", *arguments) as producer,
        ):
            producer.expect("ready")
            with self.environment.listener(where, "bench_effect") as ears:
                producer.send("go")
                effects = _listen(ears, count)
            producer.expect("done")
        committed: dict[str, float] = json.loads(path.read_text())
        measured = sorted(committed.items(), key=lambda item: item[1])[PER_SECOND * WARM_UP_SECONDS :]
        waits = [(effects[event_id] - at) * 1000 for event_id, at in measured]
        cuts = quantiles(waits, n=100, method="inclusive")
        return {"p50": cuts[49], "p99": cuts[98], "rate": len(measured) / (measured[-1][1] - measured[0][1])}

    # processes

    def consumers(self) -> ExitStack:
        self._clear("producer", "consumer")
        return _stack(self.environment.worker("consumer"), self.environment.worker("producer"))

    def floors(self) -> ExitStack:
        return _stack(self._floor_consumer(), self._relay("floor"))

    def peers(self, module: str) -> ExitStack:
        return _stack(self._peer_consumer(module))

    @contextlib.contextmanager
    def _relay(self, component: str) -> Iterator[Child]:
        self._clear("producer")
        if component == "floor":
            with self.environment.child("floor-relay", "-m", "benchmarks.backbone.floor", "relay") as child:
                wait(lambda: self.environment.listens("producer"), "the floor's relay listens")
                yield child
            return
        self.environment.empty_queue(self.environment.topology.queue("consumer").name)
        with connect(self.environment.bus) as connection:
            declare(connection, self.environment.topology, "consumer", [("producer", "Noted", 1)])
        with self.environment.worker("producer") as child:
            yield child

    @contextlib.contextmanager
    def _floor_consumer(self) -> Iterator[Child]:
        self._forget_peer("floor")
        with self.environment.child("floor-consumer", "-m", "benchmarks.backbone.floor", "consumer") as child:
            self.environment.wait_for_reader("floor", child)
            yield child

    @contextlib.contextmanager
    def _peer_consumer(self, module: str) -> Iterator[Child]:
        name = module.partition("_")[2]
        self._forget_peer(name)
        arguments = {
            "faststream": ("-m", f"benchmarks.backbone.{module}", "consumer"),
            "celery": ("-m", "celery", "-A", f"benchmarks.backbone.{module}", "worker", "-l", "warning"),
        }[name]
        with self.environment.child(f"{name}-consumer", *arguments) as child:
            self.environment.wait_for_reader(name, child)
            if name == "celery":
                child.expect("ready")
            yield child

    @contextlib.contextmanager
    def _publisher(self, rows: list[Row], module: str) -> Iterator[Child]:
        path = backlog.write(rows, self.environment.folder / f"rows-{module}.jsonl")
        with self.environment.child(f"{module}-publisher", "-m", f"benchmarks.backbone.{module}", str(path)) as child:
            child.expect("ready")
            yield child

    # tables and queues

    def _clear(self, *components: str) -> None:
        for component in components:
            tables = ["outbox", "event_sequence", "inbox", "projection_version", "deferred"]
            further = {"consumer": ["effect"], "producer": ["noted"], "incentive": ["predicate_fact"]}
            self.environment.empty(component, *tables, *further.get(component, []))
            self.environment.empty_queue(self.environment.topology.queue(component).name)

    def _forget_peer(self, queue: str) -> None:
        self.environment.empty("peer", "inbox", "effect")
        self.environment.empty_queue(f"{self.environment.prefix}.{queue}")

    def _await(self, database: Database[Any], rows: list[Row], start: float) -> float:
        """Wait for the last event first, which costs the server next to nothing; then for all."""
        last = "SELECT 1 FROM inbox WHERE event_id = %s"
        wait(lambda: database.execute(last, [rows[-1].id]).fetchone() is not None, "the last effect", every=0.02)
        wait(lambda: _one(database, "SELECT count(*) FROM inbox")[0] >= len(rows), "all effects", every=0.02)
        return len(rows) / (time.time() - start)

    def _unpublished(self, database: Database[Any]) -> bool:
        return bool(_one(database, "SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)")[0])


@contextlib.contextmanager
def _measured(rows: list[Row], *children: Child) -> Iterator[Sample]:
    """What these processes use of the processors for one event; the servers' share is not in it."""
    before = sum(child.processor_seconds() for child in children)
    sample: Sample = {}
    yield sample
    used = sum(child.processor_seconds() for child in children) - before
    sample["processor"] = used * 1e6 / len(rows)


def _one(database: Database[Any], query: str) -> tuple[Any, ...]:
    found = database.execute(query).fetchone()
    assert found is not None
    return tuple(found)


def _stack(*contexts: contextlib.AbstractContextManager[Any]) -> ExitStack:
    with ExitStack() as stack:
        for context in contexts:
            stack.enter_context(context)
        return stack.pop_all()


@contextlib.contextmanager
def _telling(database: Database[Any]) -> Iterator[None]:
    """Each effect tells of itself when it is committed."""
    database.execute(_TRIGGER)
    try:
        yield
    finally:
        database.execute("DROP TRIGGER notify_effect ON effect; DROP FUNCTION notify_effect()")


def _listen(ears: Database[Any], count: int) -> dict[str, float]:
    """When each effect was seen committed."""
    seen: dict[str, float] = {}
    while len(seen) < count:
        before = len(seen)
        for notice in ears.notifies(timeout=20, stop_after=1):
            seen[notice.payload] = time.time()
        if len(seen) == before:
            raise RuntimeError(f"{count - before} effects did not come")
    return seen


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    environment = open_environment(stack)
    for name in ("producer", "consumer", "peer"):
        environment.database(name)
    bench = Bench(environment, options)
    yield _drain(bench, options)
    yield _effect(bench, options)
    yield _latency(bench)


def _drain(bench: Bench, options: Options) -> Race:
    many, few = options.pick(30_000, 8_000), options.pick(3_000, 1_000)
    return Race(
        "Relay drain",
        [Metric("events", "per second", goal=8_000), _PROCESSOR],
        [
            Contestant(
                "Suar",
                f"the worker of a service publishes {many:,} committed outbox rows to a durable quorum queue and notes "
                "each as confirmed",
                lambda: bench.relay(backlog.noted(many), "producer"),
                is_ours=True,
            ),
            Contestant(
                "floor",
                "the same rows by psycopg and amqp alone: select 500, publish, await confirms, update",
                lambda: bench.relay(backlog.noted(many), "floor"),
            ),
            Contestant(
                "FastStream",
                f"{2 * few:,} confirmed publishes to a quorum queue, 200 at once; reads and notes nothing",
                lambda: bench.publish(backlog.noted(2 * few), "peer_faststream"),
            ),
            Contestant(
                "Celery",
                f"{few:,} confirmed `apply_async` to a quorum queue from 4 threads; reads and notes nothing",
                lambda: bench.publish(backlog.noted(few), "peer_celery"),
            ),
        ],
    )


def _effect(bench: Bench, options: Options) -> Race:
    many, some, few = options.pick(20_000, 5_000), options.pick(6_000, 1_500), options.pick(2_000, 600)
    return Race(
        "From commit to committed effect",
        [Metric("events", "per second", goal=3_000), _PROCESSOR],
        [
            Contestant(
                "Suar",
                f"{many:,} committed outbox rows through relay, quorum queue and inbox to a handler that leaves one "
                "row to be written with its batch; one worker process on each side",
                lambda: bench.ours(backlog.noted(many), "producer", "consumer"),
                is_ours=True,
            ),
            Contestant(
                "Suar, incentive's AppraisalCompleted",
                f"{many // 2:,} events from the real appraisal worker to the real incentive worker: the predicate is "
                "kept and the months of pay that go by it are looked up and marked",
                lambda: bench.ours(backlog.appraisals(many // 2), "appraisal", "incentive"),
                is_ours=True,
            ),
            Contestant(
                "Suar, training's EmployeeTimelineChanged",
                f"{many // 2:,} events from the real personnel worker to the real training worker: each timeline is "
                "kept in the directory, and one question a batch finds who has a competency to compare",
                lambda: bench.ours(backlog.timelines(many // 2), "personnel", "training"),
                is_ours=True,
            ),
            Contestant(
                "floor",
                "the same rows, queue and effect by psycopg and amqp alone: batches of 500 and of at most 100, a few "
                "statements for a batch",
                lambda: bench.floor(backlog.noted(many)),
            ),
            Contestant(
                "FastStream",
                f"{some:,} events published directly (no outbox), confirmed, 200 at once; each consumed in a "
                "transaction of two inserts (id, effect) on asyncpg with 10 connections and 100 handlers at once, then "
                "acknowledged",
                lambda: bench.peer(backlog.noted(some), "peer_faststream"),
            ),
            Contestant(
                "Celery",
                f"{few:,} tasks sent directly (no outbox), confirmed, from 4 threads; each run in a transaction of "
                "two inserts (id, effect) with psycopg by one prefork process for each processor, acknowledged late",
                lambda: bench.peer(backlog.noted(few), "peer_celery"),
            ),
        ],
    )


def _latency(bench: Bench) -> Race:
    return Race(
        f"From commit to committed effect at {PER_SECOND} events/s",
        [
            Metric("p50", "ms", more_is_better=False, goal=5),
            Metric("p99", "ms", more_is_better=False, goal=15),
            Metric("rate", "commits/s"),
        ],
        [
            Contestant(
                "Suar",
                "a unit of work commits a row and an event; relay, queue, inbox, one row",
                lambda: bench.latency("suar", bench.consumers, "consumer"),
                is_ours=True,
            ),
            Contestant(
                "floor",
                "psycopg commits a row and an outbox row; the floor's relay and consumer",
                lambda: bench.latency("floor", bench.floors, "peer"),
            ),
            Contestant(
                "FastStream",
                "asyncpg commits a row, then publishes directly (no outbox); its consumer",
                lambda: bench.latency("faststream", lambda: bench.peers("peer_faststream"), "peer"),
            ),
            Contestant(
                "Celery",
                "psycopg commits a row, then `apply_async` directly (no outbox); its worker",
                lambda: bench.latency("celery", lambda: bench.peers("peer_celery"), "peer"),
            ),
        ],
        note="The schedule is open. An event's time begins when COMMIT has returned to its producer and ends when a "
        "listener on the consumer's database receives the NOTIFY of the committed effect, both by one clock. "
        f"The first {WARM_UP_SECONDS} seconds do not count.",
    )


SUITE = Suite("backbone", "The backbone", races)
