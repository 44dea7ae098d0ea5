"""A file whose age tells that a process without a port still turns: whoever watches looks at its time of change."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

# A step of a job or a batch of events may take long; past this a loop counts as stuck.
PATIENCE_SECONDS = 120.0


class Pulse(threading.Event):
    """The stop signal as one loop sees it: whenever the loop asks, it shows that it lives."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self._stop = stop
        self._waits = False
        self._seen = time.monotonic()

    def is_set(self) -> bool:
        self._seen = time.monotonic()
        return self._stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        self._waits = True
        try:
            return self._stop.wait(timeout)
        finally:
            self._waits, self._seen = False, time.monotonic()

    def set(self) -> None:
        self._stop.set()

    def lives(self, patience: float) -> bool:
        return self._waits or time.monotonic() - self._seen < patience


@dataclass
class Heartbeat:
    """Touches `path` as long as every loop has shown itself within `patience`; without a path it does nothing."""

    path: Path | None
    patience: float = PATIENCE_SECONDS
    _pulses: dict[str, Pulse] = field(default_factory=dict, init=False)

    def watch(self, loop: str, stop: threading.Event) -> Pulse:
        """The stop signal to hand to a loop, so that the loop is watched."""
        pulse = self._pulses[loop] = Pulse(stop)
        return pulse

    def stuck(self) -> list[str]:
        return sorted(loop for loop, pulse in self._pulses.items() if not pulse.lives(self.patience))

    def beat(self) -> list[str]:
        """Touch the file unless a loop is stuck; gives the loops that are."""
        stuck = self.stuck()
        if self.path is not None and not stuck:
            self.path.touch()
        return stuck
