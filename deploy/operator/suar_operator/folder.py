"""The data folder of one instance: its paths, its state, and which process runs it."""

import argparse
import fcntl
import json
import os
import re
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from suar_cli.errors import FolderForeign, RunnerError

LAYOUT = 1
LONGEST_SOCKET_PATH = 107
# not TMPDIR: a command in another shell must find the same sockets
SHORT_FOLDERS = Path("/tmp")  # noqa: S108 - each folder in it is made private, and its owner is checked
LONGEST_SOCKET_NAME = len("/pgrun/.s.PGSQL.5432.lock")
# what neither nginx's configuration nor a connection string would read as something else
PLAIN_PATH = re.compile(r"[\w./@%+:-]+", re.ASCII)


def default_folder() -> Path:
    """Return the data folder that is used without --data."""
    if os.geteuid() == 0:
        return Path("/var/lib/suar/default")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "suar" / "default"


def add_data_option(parser: argparse.ArgumentParser, help_text: str = "folder data") -> None:
    standard = default_folder()
    parser.add_argument("--data", type=Path, default=standard, metavar="DIR", help=f"{help_text} (bawaan: {standard})")


@dataclass
class DataFolder:
    """The folder of one instance: its paths and its state, read only."""

    path: Path

    def __post_init__(self) -> None:
        self.path = self.path.expanduser().absolute()

    @property
    def state_file(self) -> Path:
        return self.path / "state.json"

    @property
    def status_file(self) -> Path:
        return self.path / "status.json"

    def processes_not(self, state: str) -> list[str]:
        """Return each process that the runner last saw in another state: its name and that state."""
        try:
            processes = json.loads(self.status_file.read_text())["processes"]
        except (OSError, ValueError, KeyError):
            return []
        return [f"{one['name']} {one['state']}" for one in processes if one["state"] != state]

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def edge(self) -> Path:
        return self.path / "edge"

    @property
    def sockets(self) -> Path:
        """Where sockets live: in the folder itself, or in a private one with a short and plain path.

        Sockets may not have long paths. Blanks, quotes and the like would need another escape in each of nginx's
        configuration, PostgreSQL's settings, libpq's strings and lists of addresses; and pgmq has none.
        """
        if PLAIN_PATH.fullmatch(str(self.path)) and len(str(self.path)) + LONGEST_SOCKET_NAME <= LONGEST_SOCKET_PATH:
            return self.path
        name = sha256(str(self.path).encode()).hexdigest()[:12]
        return SHORT_FOLDERS / f"suar-{os.geteuid()}-{name}"

    @property
    def run(self) -> Path:
        return self.sockets / "run"

    @property
    def database_sockets(self) -> Path:
        return self.sockets / "pgrun"

    @property
    def is_unfinished(self) -> bool:
        """Whether a start ended before any service ran in this folder, so that it holds no data yet."""
        return self.read_state().get("phase") == "preparing"

    @property
    def is_damaged(self) -> bool:
        """Whether the folder has data but its state file is missing or unreadable."""
        state = self.read_state()
        has_lost_its_state = not state and (self.postgres.exists() or self.secrets.exists())
        return has_lost_its_state or state.get("phase") == "unreadable"

    def holder(self) -> int | None:
        """Return the pid of the runner that holds the lock, or None."""
        try:
            handle = os.open(self.path / "lock", os.O_RDWR)
        except FileNotFoundError:
            return None
        except PermissionError:
            raise FolderForeign(
                f"Folder data {self.path} milik pengguna lain; jalankan sebagai pengguna itu."
            ) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return holder_of(handle)
        finally:
            os.close(handle)
        return None

    def read_state(self) -> dict[str, Any]:
        try:
            state = json.loads(self.state_file.read_text())
        except FileNotFoundError:
            return {}
        except ValueError:
            return {"phase": "unreadable"}
        if isinstance(state, dict) and state.get("layout", LAYOUT) > LAYOUT:
            raise RunnerError(f"Folder data {self.path} dibuat oleh versi Suar yang lebih baru; perbarui Suar dahulu.")
        return state if isinstance(state, dict) else {"phase": "unreadable"}


def write_atomically(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Write so that a reader sees the old or the new content, never a half."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    temporary = Path(name)
    temporary.chmod(mode)
    temporary.replace(path)


def holder_of(lock: int) -> int | None:
    """The process that an open lock file names."""
    text = os.pread(lock, 32, 0)
    return int(text) if text.strip().isdigit() else None
