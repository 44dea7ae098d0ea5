"""Processes that end with the process that started them, even when that one is killed (on Linux)."""

import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
# The parent may have ended before the kernel was asked; the shell is started after that.
IF_PARENT_LIVES = '[ "$PPID" = "$1" ] || exit 1; shift; exec "$@"'


def ending_with_us(command: Sequence[str | Path], number: signal.Signals = signal.SIGKILL) -> list[str]:
    """Return a command line that becomes the command; it gets the signal when the thread that started it ends.

    `preexec_fn` could ask the kernel too, but it may block for ever in a process that has threads.
    """
    words = [str(word) for word in command]
    if shutil.which("setpriv") is None:
        return words
    asking = ["setpriv", "--pdeathsig", number.name.removeprefix("SIG"), "--"]
    return [*asking, "sh", "-c", IF_PARENT_LIVES, "sh", str(os.getpid()), *words]


def end_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Send this process the signal when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
