"""Heartbeat: loops report that they are alive, and a file is touched as long as all of them do."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

# A step of a job or a batch of events may take long; after this a loop counts as stuck.
STUCK_AFTER_SECONDS = 120.0


class LoopSignal(threading.Event):
    """The stop signal as one loop sees it: whenever the loop checks it, the loop counts as alive."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self._stop = stop
        self._is_waiting = False
        self._checked_at = time.monotonic()

    def is_set(self) -> bool:
        self._checked_at = time.monotonic()
        return self._stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        self._is_waiting = True
        try:
            return self._stop.wait(timeout)
        finally:
            self._is_waiting, self._checked_at = False, time.monotonic()

    def set(self) -> None:
        self._stop.set()

    def is_alive(self, stuck_after: float) -> bool:
        return self._is_waiting or time.monotonic() - self._checked_at < stuck_after


@dataclass
class Heartbeat:
    """Touches `path` as long as every loop has checked its signal within `stuck_after` seconds."""

    path: Path | None
    stuck_after: float = STUCK_AFTER_SECONDS
    _signals: dict[str, LoopSignal] = field(default_factory=dict, init=False)

    def watch(self, loop: str, stop: threading.Event) -> LoopSignal:
        """Return the stop signal for a loop, and watch the loop by it."""
        signal = self._signals[loop] = LoopSignal(stop)
        return signal

    def stuck(self) -> list[str]:
        """Return the loops that have not checked their signal for too long."""
        return sorted(loop for loop, signal in self._signals.items() if not signal.is_alive(self.stuck_after))

    def beat(self) -> list[str]:
        """Touch the file unless a loop is stuck, and return the loops that are."""
        stuck = self.stuck()
        if self.path is not None and not stuck:
            self.path.touch()
        return stuck
