"""Failures that repeat until something is back: each reason is logged when it is new, then once a minute."""

import threading
import time

LOG_AGAIN_SECONDS = 60.0


class OutageLog:
    """What several threads have logged of late. Whoever tries again many times a minute asks before it logs."""

    def __init__(self) -> None:
        self._logged: dict[str, float] = {}
        self._lock = threading.Lock()

    def is_due(self, reason: str) -> bool:
        """Return whether a failure for this reason is to be logged now, and remember that it was."""
        now = time.monotonic()
        with self._lock:
            self._logged = {one: at for one, at in self._logged.items() if now - at < LOG_AGAIN_SECONDS}
            is_due = reason not in self._logged
            self._logged.setdefault(reason, now)
            return is_due
