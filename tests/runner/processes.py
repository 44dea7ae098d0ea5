"""Which processes work on a folder, whoever started them."""

import contextlib
import os
from pathlib import Path

import psutil


def processes_of(folder: Path) -> list[psutil.Process]:
    """Return every process whose command line or environment names the folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            named = " ".join([*process.cmdline(), *process.environ().values()])
            if str(folder) in named and process.pid != os.getpid():
                found.append(process)
    return found
