"""Supervises children: starts them, waits until they are ready, restarts what dies, stops all in order."""

import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import psutil

from chassis.waiting import Remaining, Stalled, wait_for
from suar_cli.errors import StartFailed
from suar_operator.folder import write_atomically
from suar_runner.log_tail import log_tail
from suar_runner.process import Child, ProcessSpec, State

TICK = 0.05
IDLE_TICK = 0.5
DEATHS_BEFORE_GIVING_UP = 3
LAST_LINES = 6
LOG_LIMIT, LOG_CHECK_EVERY = 10 * 1024 * 1024, 5.0


class Stopped(BaseException):
    """Somebody asked us to end."""


@dataclass
class Supervisor:
    """All children of one instance. One thread: children die with the thread that started them."""

    logs: Path
    status_file: Path
    details: dict[str, Any] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    _wakeup: int = field(default=-1, init=False)
    asked_to_stop: bool = field(default=False, init=False)
    _written: str = field(default="", init=False)
    _logs_checked: float = field(default=0.0, init=False)

    @contextlib.contextmanager
    def listening_to_signals(self) -> Iterator[None]:
        """SIGTERM, SIGINT and SIGHUP end the instance in order; a dead child wakes us at once."""
        read_end, write_end = os.pipe()
        os.set_blocking(read_end, False)
        os.set_blocking(write_end, False)
        old_wakeup = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
        old = {
            n: signal.signal(n, self._on_signal) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
        }
        self._wakeup = read_end
        try:
            yield
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(old_wakeup)
            self._wakeup = -1
            os.close(read_end)
            os.close(write_end)

    def start(self, spec: ProcessSpec) -> Child:
        child = Child(spec, self.logs / f"{spec.name}.log")
        self.children[spec.name] = child
        child.start()
        self.write_status()
        return child

    def run_once(self, specs: Iterable[ProcessSpec], at_once: int, done: Callable[[str], None]) -> None:
        """Run commands that end by themselves, so many at a time; the first that fails stops the start."""
        waiting, running = list(specs), dict[str, Child]()
        while waiting or running:
            while waiting and len(running) < at_once:
                spec = waiting.pop(0)
                running[spec.name] = Child(spec, self.logs / f"{spec.name}.log")
                running[spec.name].start()
            for name, child in list(running.items()):
                code = child.poll()
                if code is None:
                    continue
                del running[name]
                if code != 0:
                    self._abandon(running.values())
                    raise StartFailed(_failure_report(child))
                done(name)
            self._pause(TICK)

    def wait_until_ready(self, names: Sequence[str], on_ready: Callable[[str], None] = lambda _name: None) -> None:
        """Poll until all are ready; a child that keeps dying fails the start, and so does one that never gets ready.

        The time that a child has begins again when another gets ready: a busy machine starts them one after another.
        """
        missing = list(names)

        def ask() -> Remaining | Literal[True]:
            self._restart_dead()
            for name in list(missing):
                child = self.children[name]
                if child.check_ready():
                    missing.remove(name)
                    on_ready(name)
                elif child.restarts >= DEATHS_BEFORE_GIVING_UP:
                    raise self._failed(child)
            self.write_status()
            return Remaining(missing) if missing else True

        patience = max((self.children[name].spec.ready_within for name in missing), default=0.0)
        try:
            wait_for("readiness", ask, stall_seconds=patience, pause=lambda _seconds: self._pause(TICK))
        except Stalled as stalled:
            raise self._failed(self.children[missing[0]]) from stalled

    def _failed(self, child: Child) -> StartFailed:
        child.fail()
        return StartFailed(_failure_report(child))

    def supervise_until_stopped(self) -> None:
        """Restart what dies, keep logs small, until somebody asks to end (raises Stopped)."""
        while True:
            self._restart_dead()
            for child in self.children.values():
                child.check_ready()
            self.write_status()
            self._trim_logs()
            unready = any(c.state in {State.STARTING, State.BACKING_OFF} for c in self.children.values())
            self._pause(TICK if unready else IDLE_TICK)

    def stop_all(self, on_stop: Callable[[str], None] = lambda _name: None) -> None:
        """Stop by falling order; the same order stops at once, and each has its time before it is forced."""
        self.asked_to_stop = False
        for order in sorted({child.spec.order for child in self.children.values()}, reverse=True):
            group = [c for c in self.children.values() if c.spec.order == order]
            for child in group:
                child.ask_to_stop()
            self.write_status()
            self._await_end(group, on_stop)
        self.write_status()

    def write_status(self, **details: Any) -> None:
        """Write the status file when something has changed."""
        self.details.update(details)
        document = {**self.details, "runner": os.getpid(), "processes": [_describe(c) for c in self.children.values()]}
        text = json.dumps(document, indent=1)
        if text != self._written:
            write_atomically(self.status_file, text, mode=0o600)
            self._written = text

    def _await_end(self, group: list[Child], on_stop: Callable[[str], None]) -> None:
        started, forced = time.monotonic(), set[str]()
        left = list(group)
        while left:
            for child in list(left):
                if child.pid is None or child.poll() is not None:
                    child.stopped()
                    left.remove(child)
                    on_stop(child.spec.name)
                elif time.monotonic() - started > child.spec.stop_within and child.spec.name not in forced:
                    child.force_stop()
                    forced.add(child.spec.name)
            if left:
                self._pause(TICK, stoppable=False)

    def _restart_dead(self) -> None:
        for child in self.children.values():
            if child.state in {State.STARTING, State.READY} and child.poll() is not None:
                child.back_off()
            elif child.state is State.BACKING_OFF and time.monotonic() >= child.retry_at:
                child.start()

    def _abandon(self, children: Iterable[Child]) -> None:
        for child in children:
            child.ask_to_stop()
            self._await_end([child], lambda _name: None)

    def _pause(self, seconds: float, *, stoppable: bool = True) -> None:
        if stoppable and self.asked_to_stop:
            raise Stopped
        if self._wakeup < 0:
            time.sleep(seconds)
            return
        if select.select([self._wakeup], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wakeup, 4096)
        if stoppable and self.asked_to_stop:
            raise Stopped

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            self.asked_to_stop = True

    def _trim_logs(self) -> None:
        now = time.monotonic()
        if now - self._logs_checked < LOG_CHECK_EVERY:
            return
        self._logs_checked = now
        for log in self.logs.glob("*.log"):
            trim_log(log)


def trim_log(log: Path, limit: int = LOG_LIMIT) -> None:
    """Rotate a log that has grown too large, with one older copy; writers append, so they go on undisturbed."""
    if log.stat().st_size > limit:
        log.with_suffix(".log.1").write_bytes(log.read_bytes())
        os.truncate(log, 0)


def _failure_report(child: Child) -> str:
    how = f"berakhir dengan kode {child.exit_code}" if child.exit_code is not None else "tidak kunjung siap"
    return f"Proses {child.spec.name} {how}. Catatan terakhirnya ({child.log}):\n{log_tail(child.log, LAST_LINES)}"


def _describe(child: Child) -> dict[str, Any]:
    pid = child.pid
    return {
        "name": child.spec.name,
        "state": child.state.value,
        "pid": pid,
        "started": _birth(pid) if pid else None,
        "restarts": child.restarts,
        "since": child.since,
    }


def _birth(pid: int) -> float | None:
    """When a process was born: a pid alone may be somebody else's by now."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None
