"""One child process: how to start it so that it cannot outlive us, how to know it is ready, how to stop it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from suar_runner.accounts import SystemUser

PR_SET_PDEATHSIG = 1
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
CALM_AFTER = 30.0


class State(StrEnum):
    WAITING = "WAITING"
    STARTING = "STARTING"
    READY = "READY"
    BACKING_OFF = "BACKING_OFF"
    STOPPING = "STOPPING"
    STOPPED = "STOPPED"
    FAILED = "FAILED"


@dataclass(frozen=True)
class ProcessSpec:
    """What to run. `order`: higher stops first.

    It is ready once `is_ready` says yes or its log holds `ready_words`; without either, as soon as it lives.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    order: int
    is_ready: Callable[[], bool] | None = None
    ready_words: str = ""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_within: float = 10.0
    then_signal: signal.Signals = signal.SIGKILL
    user: SystemUser | None = None
    group: int | None = None
    folder: Path = Path("/")
    ready_within: float = 180.0


@dataclass
class Child:
    """A running instance of a spec, with its history of restarts."""

    spec: ProcessSpec
    log: Path
    state: State = State.WAITING
    restarts: int = 0
    streak: int = 0
    since: float = field(default_factory=time.time)
    retry_at: float = 0.0
    exit_code: int | None = None
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _started: float = 0.0
    _log_start: int = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def age(self) -> float:
        return time.monotonic() - self._started

    def start(self) -> None:
        """Start it in a session of its own, with its output going to its log."""
        handle = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._log_start = os.fstat(handle).st_size
        user = self.spec.user
        try:
            self._process = subprocess.Popen(
                list(self.spec.command),
                env=dict(self.spec.environment),
                cwd=self.spec.folder,
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user.uid if user else None,
                group=user.gid if user else self.spec.group,
                extra_groups=[] if user else None,
                preexec_fn=die_with_parent(self.spec.stop_signal),  # noqa: PLW1509 - we have one thread
            )
        finally:
            os.close(handle)
        self._started = time.monotonic()
        self._become(State.STARTING)
        self.exit_code = None

    def poll(self) -> int | None:
        """Its exit code once it has ended; what it left behind in its process group ends with it."""
        if self._process is None:
            return self.exit_code
        code = self._process.poll()
        if code is not None:
            self.exit_code = code
            self._signal_group(signal.SIGKILL)
            self._process = None
        return code

    def check_ready(self) -> bool:
        if self.state is State.STARTING and self._is_ready():
            self._become(State.READY)
        return self.state is State.READY

    def _is_ready(self) -> bool:
        if self.spec.ready_words:
            with self.log.open("rb") as file:
                file.seek(self._log_start)
                return self.spec.ready_words.encode() in file.read()
        return self.spec.is_ready is None or self.spec.is_ready()

    def ask_to_stop(self) -> None:
        if self._process is None:
            self._become(State.STOPPED)
            return
        self._become(State.STOPPING)
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(self.spec.stop_signal)

    def force_stop(self) -> None:
        """It did not go in time."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(self.spec.then_signal)

    def back_off(self) -> None:
        """It died: start it again at once the first time, later and later while it keeps dying young."""
        self.restarts += 1
        self.streak = self.streak + 1 if self.age < CALM_AFTER else 1
        self.retry_at = time.monotonic() + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.streak - 1))
        self._become(State.BACKING_OFF)

    def fail(self) -> None:
        self._become(State.FAILED)

    def stopped(self) -> None:
        self._become(State.STOPPED)

    def _become(self, state: State) -> None:
        if state is not self.state:
            self.state, self.since = state, time.time()

    def _signal_group(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """What to do between fork and exec: ask the kernel to end the child when we end, even when we are killed."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arrange() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arrange
