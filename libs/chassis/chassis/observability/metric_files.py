"""The folder in which the processes of one API share their counts, so that any of them can serve /metrics for all.

Imports nothing of prometheus_client, which reads the environment variable once, when it is first imported.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "suar-metrics-"
MEMORY = Path("/dev/shm")  # noqa: S108 - the files are memory-mapped; on a disk they would be written


def share_between_processes() -> Path:
    """Create a folder for this process and those it forks, removed at exit; one that the environment names is kept."""
    configured = os.environ.get(VARIABLE)
    if configured:
        Path(configured).mkdir(parents=True, exist_ok=True)
        return Path(configured)
    root = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _remove_stale(root)
    folder = root / f"{PREFIX}{os.getpid()}"
    folder.mkdir(mode=0o700)
    os.environ[VARIABLE] = str(folder)
    atexit.register(_remove, folder, os.getpid())
    return folder


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_stale(root: Path) -> None:
    """Remove the folders of processes that were killed."""
    for folder in root.glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX)
        with suppress(OSError):
            if number.isdecimal() and folder.stat().st_uid == os.geteuid() and not _is_running(int(number)):
                shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
