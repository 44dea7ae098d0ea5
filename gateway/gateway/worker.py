"""Identity's housekeeping. It hears no events and says none, so there is no bus here."""

import signal
import threading
import time
from dataclasses import dataclass, field
from types import FrameType

from chassis.audit import CheckpointLog
from chassis.observability.heartbeat import Heartbeat
from chassis.observability.logging import get_logger
from chassis.retention import RetentionPurge, retention_rules
from chassis.wiring import make_work
from chassis.work import UnitOfWork
from gateway.house import House, make_house
from gateway.settings import Settings
from gateway.use_cases.keep_house import keep_house

log = get_logger()
EVERY_SECONDS = 60.0
BEAT_SECONDS = 5.0


@dataclass
class Housekeeper:
    """Runs the housekeeping now and then until SIGTERM or SIGINT."""

    work: UnitOfWork
    house: House
    heartbeat: Heartbeat
    checkpoints: CheckpointLog
    purge: RetentionPurge
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        log.info("worker_started", loops=["housekeeping"])
        due = 0.0
        while not self.stop.is_set():
            if time.monotonic() >= due:
                self._keep_house()
                due = time.monotonic() + EVERY_SECONDS
            self.heartbeat.beat()
            self.stop.wait(BEAT_SECONDS)

    def _keep_house(self) -> None:
        try:
            keep_house(self.work, self.house)
            self.purge.apply_all(self.stop)
            self.checkpoints.write_if_due()
        except Exception as error:  # noqa: BLE001 - it is tried again a minute later
            log.warning("housekeeping_failed", error=repr(error)[:300])

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop.set()


def create_worker(settings: Settings) -> Housekeeper:
    heartbeat = Heartbeat(settings.heartbeat_file)
    work = make_work(settings, process="worker")
    engine = work.database.engine
    purge = RetentionPurge(engine, retention_rules(settings))
    return Housekeeper(work, make_house(settings), heartbeat, CheckpointLog(engine), purge)
