"""The worker process of a service: hears events, relays its own, fires timers, runs jobs. Each loop is a thread."""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from chassis.audit import BATCH, Anchor, seal
from chassis.bus.consumer import BusConsumer
from chassis.bus.publisher import Publisher
from chassis.bus.topology import Topology
from chassis.consumers import Consumers
from chassis.db.listen import Listener
from chassis.housekeeping import Housekeeping, Sweep, sweeps_of
from chassis.jobs import Jobs
from chassis.observability import tracing
from chassis.observability.heartbeat import Heartbeat
from chassis.observability.logging import get_logger
from chassis.observability.port import Health, open_port
from chassis.outbox.inbox import Inbox
from chassis.outbox.relay import Relay
from chassis.settings import BaseSettings, Mode
from chassis.timers import Timers
from chassis.unit_of_work import UnitOfWork
from chassis.wiring import make_unit_of_work

log = get_logger()
Loop = Callable[[threading.Event], None]
STOP_WITHIN_SECONDS = 8
BEAT_SECONDS = 2.0
WATCH_SECONDS = 5.0


@dataclass
class Worker:
    """All loops of one service. It adds its own by `loops` (name and callable), and forgets its own by `sweeps`."""

    settings: BaseSettings
    consumers: Consumers
    timers: Timers = field(default_factory=Timers)
    jobs: Jobs = field(default_factory=Jobs)
    loops: Sequence[tuple[str, Loop]] = ()
    sweeps: Sequence[Sweep] = ()
    work: UnitOfWork | None = None

    def __post_init__(self) -> None:
        self.work = self.work or make_unit_of_work(self.settings, process="worker")
        self.inbox = Inbox(self.work, self.consumers)
        self.stop = threading.Event()
        self.heartbeat = Heartbeat(self.settings.heartbeat_file)
        self.consumer: BusConsumer | None = None
        self.relay: Relay | None = None

    def run(self) -> None:
        """Run until SIGTERM or SIGINT; a batch in hand is finished first."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        tracing.start_exporting(self.settings.service, "worker")
        threads = [self._thread(name, loop) for name, loop in self._loops()]
        for thread in threads:
            thread.start()
        if self.settings.metrics_bind:
            open_port(self.settings.metrics_bind, self.health())
        log.info("worker_started", loops=[thread.name for thread in threads])
        while not self.stop.wait(BEAT_SECONDS):
            self._beat()
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        log.info("worker_stopped")

    def health(self) -> Health:
        """What this worker needs: its database, and the bus where there is one."""
        dependencies = {"database": self.inbox.is_database_up}
        if self.settings.bus_url:
            dependencies["bus"] = self._is_bus_up
        return Health(dependencies, self.heartbeat.stuck)

    def _is_bus_up(self) -> bool:
        """The reader of a queue knows at once; a service that hears nothing knows when it could not speak."""
        if self.consumer is not None:
            return self.consumer.connected.is_set()
        return self.relay is None or not self.relay.interrupted or not self.inbox.is_database_up()

    def _watch(self, stop: threading.Event) -> None:
        """Say once what is missing, and once that it is back."""
        health, known = self.health(), list[str]()
        while not stop.wait(WATCH_SECONDS):
            missing = health.missing()
            if missing != known:
                (log.warning if missing else log.info)("dependencies_missing", missing=missing, before=known)
            known = missing

    def _loops(self) -> list[tuple[str, Loop]]:
        loops = [("ticker", self._tick), ("jobs", self._run_jobs), ("watch", self._watch), *self.loops]
        forgetting = Housekeeping(self.inbox.work.database.engine, [*sweeps_of(self.settings), *self.sweeps])
        loops.append(("housekeeping", forgetting.run))
        if self.settings.bus_url:
            topology = Topology(self.settings.bus_namespace, declares=self.settings.bus_declare)
            assert self.work is not None
            hears = self.consumers.hears()
            if hears:
                self.consumer = BusConsumer(
                    url=self.settings.bus_url,
                    topology=topology,
                    service=self.settings.service,
                    hears=hears,
                    handle=self.inbox.receive,
                    ready=self.inbox.is_database_up,
                )
                loops.append(("consumer", self.consumer.run))
            self.relay = Relay(self.work.database.engine, Publisher(self.settings.bus_url, topology))
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
        """Keep a loop alive: what it did not foresee is logged, and it starts again."""
        while not self.stop.is_set():
            try:
                loop(stop)
            except Exception:
                log.exception("loop_failed", loop=name)
                stop.wait(1)

    def _tick(self, stop: threading.Event) -> None:
        assert self.work is not None
        pause = 1.0 if self.settings.mode is Mode.PRODUCTION else 0.2
        anchor = Anchor(self.work.database.engine)
        while not stop.is_set():
            fired = self.timers.fire_due(self.work)
            retried = self.inbox.retry_due()
            sealed = seal(self.work.database.engine)
            anchor.drop()
            # rows wait for the next tick to be sealed many at once; only a full batch means that more are waiting
            if not (fired or retried or sealed >= BATCH):
                stop.wait(pause)

    def _run_jobs(self, stop: threading.Event) -> None:
        assert self.work is not None
        listener = Listener(self.work.database.engine, "suar_job")
        try:
            while not stop.is_set():
                listener.open()
                if not self.jobs.run_step(self.work):
                    listener.wait(2.0, stop)
        finally:
            listener.close()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()
