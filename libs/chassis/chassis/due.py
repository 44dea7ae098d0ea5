"""Waking the loops of a worker when there is something for them to do.

Whoever makes something due at once notifies; whatever becomes due by itself is found by one question a second, for all
loops together. An idle worker asks nothing else.
"""

import threading
import time
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, field
from itertools import compress
from typing import LiteralString

from sqlalchemy import Engine

from chassis.clock import Clock, turns_of
from chassis.db.listen import Listener

QUESTION_SECONDS = 1.0
# How soon a clock that is turned fires its timers.
CLOCK_SECONDS = 0.2
TIMER_CHANNEL, JOB_CHANNEL = "suar_timer", "suar_job"
TIMERS, DEFERRED, AUDIT, JOBS = "timers", "deferred", "audit", "jobs"
_QUESTION: LiteralString = (
    "SELECT EXISTS (SELECT 1 FROM timer WHERE due_at <= %(now)s "
    "AND (not_before IS NULL OR not_before <= clock_timestamp()) AND kind = ANY(%(timers)s)), "
    "EXISTS (SELECT 1 FROM deferred WHERE next_attempt_at <= clock_timestamp()), "
    "EXISTS (SELECT 1 FROM audit WHERE chain IS NULL), "
    "EXISTS (SELECT 1 FROM job WHERE status IN ('QUEUED', 'RUNNING') "
    "AND (not_before IS NULL OR not_before <= clock_timestamp()) AND kind = ANY(%(jobs)s))"
)


@dataclass
class Due:
    """What may be due for one loop: set by whoever finds it out, and taken by the loop that does it."""

    _kinds: set[str] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def set(self, *kinds: str) -> None:
        with self._changed:
            self._kinds.update(kinds)
            self._changed.notify_all()

    def take(self, stop: threading.Event) -> frozenset[str]:
        """Wait until something may be due, for a second or until stopped, and return what may be."""
        with self._changed:
            if not stop.is_set():
                self._changed.wait_for(lambda: self._kinds, timeout=QUESTION_SECONDS)
            kinds = frozenset(self._kinds)
            self._kinds.clear()
            return kinds


@dataclass
class DueWork:
    """Finds out what the loops of a worker have to do: its ticker (timers, failed events, the audit trail) and jobs."""

    engine: Engine
    clock: Clock
    timer_kinds: Collection[str]
    job_kinds: Collection[str]
    ticks: Due = field(default_factory=Due)
    jobs: Due = field(default_factory=Due)

    def watch(self, stop: threading.Event) -> None:
        """Ask what is due: at once when notified or when the clock is turned, else every second."""
        with closing(Listener(self.engine, TIMER_CHANNEL, JOB_CHANNEL)) as listener:
            while not stop.is_set():
                turns = turns_of(self.clock)  # before the question: a clock turned since then is asked for again
                values = {"now": self.clock.now(), "timers": list(self.timer_kinds), "jobs": list(self.job_kinds)}
                *ticks, has_jobs = listener.ask(_QUESTION, values)
                if any(ticks):
                    self.ticks.set(*compress((TIMERS, DEFERRED, AUDIT), ticks))
                if has_jobs:
                    self.jobs.set(JOBS)
                self._wait(listener, turns, stop)

    def _wait(self, listener: Listener, turns: object, stop: threading.Event) -> None:
        until = time.monotonic() + QUESTION_SECONDS
        slice_seconds = QUESTION_SECONDS if turns is None else CLOCK_SECONDS
        while not stop.is_set() and time.monotonic() < until:
            if listener.wait(slice_seconds, stop) or turns_of(self.clock) != turns:
                return
