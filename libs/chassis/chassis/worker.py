"""The worker process of a service: consumes events, relays its own, fires timers, runs jobs. Each loop is a thread."""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from chassis.audit import BATCH, CheckpointLog, seal
from chassis.bus.consumer import BusConsumer
from chassis.bus.publisher import Publisher
from chassis.bus.topology import Topology
from chassis.consumers import Consumers
from chassis.db import Database
from chassis.db.availability import is_away, reason_of
from chassis.due import AUDIT, DEFERRED, JOBS, TIMERS, DueWork
from chassis.inbox.inbox import Inbox
from chassis.jobs import Jobs
from chassis.observability import tracing
from chassis.observability.heartbeat import Heartbeat
from chassis.observability.logging import get_logger
from chassis.observability.management import Health, start_management_server
from chassis.observability.outages import OutageLog
from chassis.outbox.relay import Relay
from chassis.retention import RetentionPurge, RetentionRule, retention_rules
from chassis.settings import BaseSettings
from chassis.timers import Timers
from chassis.unit_of_work import UnitOfWork
from chassis.wiring import make_unit_of_work

log = get_logger()
Loop = Callable[[threading.Event], None]
STOP_WITHIN_SECONDS = 8
HEARTBEAT_SECONDS = 2.0
DEPENDENCY_CHECK_SECONDS = 5.0


@dataclass
class Worker:
    """All loops of one service, which adds its own `loops` (name and callable) and its own `retention_rules`."""

    settings: BaseSettings
    consumers: Consumers
    timers: Timers = field(default_factory=Timers)
    jobs: Jobs = field(default_factory=Jobs)
    loops: Sequence[tuple[str, Loop]] = ()
    retention_rules: Sequence[RetentionRule] = ()
    work: UnitOfWork | None = None

    def __post_init__(self) -> None:
        self.work = self.work or make_unit_of_work(self.settings, process="worker")
        self.inbox = Inbox(self.work, self.consumers)
        self.stop = threading.Event()
        self.heartbeat = Heartbeat(self.settings.heartbeat_file)
        self.due = DueWork(self._database.engine, self.work.clock, self.timers.kinds, self.jobs.kinds)
        self.consumer: BusConsumer | None = None
        self.relay: Relay | None = None
        self._outages = OutageLog()

    def run(self) -> None:
        """Run until SIGTERM or SIGINT; a batch being handled is finished first."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        tracing.start_exporting(self.settings.service, "worker")
        threads = [self._thread(name, loop) for name, loop in self._loops()]
        for thread in threads:
            thread.start()
        if self.settings.management_bind:
            start_management_server(self.settings.management_bind, self.health())
        log.info("worker_started", loops=[thread.name for thread in threads])
        while not self.stop.wait(HEARTBEAT_SECONDS):
            self._beat()
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        log.info("worker_stopped")

    def health(self) -> Health:
        """Return the dependencies of this worker: its database, and the bus where one is configured."""
        dependencies = {"database": self._database.is_up}
        if self.settings.bus_url:
            dependencies["bus"] = self._is_bus_up
        return Health(dependencies, self.heartbeat.stuck)

    @property
    def _database(self) -> Database:
        return self.inbox.work.database

    def _is_bus_up(self) -> bool:
        """A consumer knows at once; a service without subscriptions only knows when its relay was interrupted."""
        if self.consumer is not None:
            return self.consumer.connected.is_set()
        return self.relay is None or not self.relay.interrupted or not self._database.is_up()

    def _watch_dependencies(self, stop: threading.Event) -> None:
        """Log once when a dependency goes down, and once when it is back."""
        health, known = self.health(), list[str]()
        while not stop.wait(DEPENDENCY_CHECK_SECONDS):
            missing = health.missing()
            if missing != known:
                (log.warning if missing else log.info)("dependencies_missing", missing=missing, before=known)
            known = missing

    def _loops(self) -> list[tuple[str, Loop]]:
        database = self._database
        loops = [
            ("due", self.due.watch),
            ("ticker", self._tick),
            ("jobs", self._run_jobs),
            ("watch", self._watch_dependencies),
            *self.loops,
        ]
        purge = RetentionPurge(database.engine, [*retention_rules(self.settings), *self.retention_rules])
        loops.append(("retention", purge.run))
        if self.settings.bus_url:
            topology = Topology(self.settings.bus_namespace, declares=self.settings.bus_declare)
            subscriptions = self.consumers.subscriptions()
            if subscriptions:
                self.consumer = BusConsumer(
                    url=self.settings.bus_url,
                    topology=topology,
                    service=self.settings.service,
                    subscriptions=subscriptions,
                    handle=self.inbox.receive,
                    ready=database.is_up,
                    fast_frames=self.settings.bus_fast_frames,
                )
                loops.append(("consumer", self.consumer.run))
            publisher = Publisher(self.settings.bus_url, topology, fast_frames=self.settings.bus_fast_frames)
            self.relay = Relay(database.engine, publisher)
            loops.append(("relay", self.relay.run))
        return loops

    def _thread(self, name: str, loop: Loop) -> threading.Thread:
        stop = self.heartbeat.watch(name, self.stop)
        return threading.Thread(target=self._guard, args=(name, loop, stop), name=name, daemon=True)

    def _beat(self) -> None:
        try:
            if stuck := self.heartbeat.beat():
                log.warning("loops_stuck", loops=stuck)
        except OSError as error:
            log.warning("heartbeat_failed", error=repr(error))

    def _guard(self, name: str, loop: Loop, stop: threading.Event) -> None:
        """Run a loop again whenever it fails, after logging the error."""
        while not self.stop.is_set():
            try:
                loop(stop)
            except Exception as error:  # noqa: BLE001 - whatever it is, the loop goes on
                self._log_failure(name, error)
                stop.wait(1)

    def _log_failure(self, loop: str, error: Exception) -> None:
        """Log an unforeseen failure with its trace, but a database that is away once a minute for all loops."""
        if not is_away(error):
            log.error("loop_failed", loop=loop, exc_info=error)
        elif self._outages.is_due(reason := reason_of(error)):
            log.error("database_unavailable", loop=loop, reason=reason)

    def _tick(self, stop: threading.Event) -> None:
        work, ticks = self.inbox.work, self.due.ticks
        checkpoints = CheckpointLog(work.database.engine)
        while not stop.is_set():
            due = ticks.take(stop)
            if TIMERS in due and self.timers.fire_due(work):
                ticks.set(TIMERS)
            if DEFERRED in due and self.inbox.retry_due():
                ticks.set(DEFERRED)
            # Audit rows are sealed in bulk, once a second; only a full batch means that more are waiting.
            if AUDIT in due and seal(work.database.engine) >= BATCH:
                ticks.set(AUDIT)
            checkpoints.write_if_due()

    def _run_jobs(self, stop: threading.Event) -> None:
        while not stop.is_set():
            if self.due.jobs.take(stop) and self.jobs.run_step(self.inbox.work):
                self.due.jobs.set(JOBS)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()
