"""Ending a test run early: what it has started is ended too, and its databases are dropped, now or by the next run."""

import os
import signal
from contextlib import suppress
from types import FrameType

import psutil

from testkit.parent_death import end_with_parent

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def install(*, is_worker: bool) -> None:
    """Make SIGTERM end a run as Ctrl-C does, and both also in a background job, which ignores SIGINT otherwise.

    A worker ends at once when the main process is killed: what it shares with the others is gone.
    """
    if is_worker:
        end_with_parent()
    for number in SIGNALS:
        signal.signal(number, _interrupt_once if is_worker else signal.default_int_handler)


def _interrupt_once(_number: int, _frame: FrameType | None) -> None:
    # a worker may be interrupted by the terminal and by the main process: once is enough, and taking down takes time
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children()}


def interrupt(pids: set[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
