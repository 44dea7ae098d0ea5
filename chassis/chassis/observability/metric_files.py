"""Where the processes of one API keep their counts, so that whichever of them is asked answers for all.

Imports nothing of prometheus_client: that reads the variable once, when it is imported itself.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "suar-metrics-"
MEMORY = Path("/dev/shm")  # noqa: S108 - counts are files that are mapped; on a disk they would be written


def share_between_processes() -> Path:
    """Make a folder for this process and those it forks, gone when it ends; a folder given by the environment stays."""
    given = os.environ.get(VARIABLE)
    if given:
        Path(given).mkdir(parents=True, exist_ok=True)
        return Path(given)
    root = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _remove_what_the_killed_left(root)
    folder = root / f"{PREFIX}{os.getpid()}"
    folder.mkdir(mode=0o700)
    os.environ[VARIABLE] = str(folder)
    atexit.register(_remove, folder, os.getpid())
    return folder


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_what_the_killed_left(root: Path) -> None:
    for folder in root.glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX)
        with suppress(OSError):
            if number.isdecimal() and folder.stat().st_uid == os.geteuid() and not _lives(int(number)):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
