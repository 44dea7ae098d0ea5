"""The data folder of one instance: what it is, who holds it, what is in it."""

import fcntl
import json
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from suarctl.runner.accounts import SystemUser, database_user, edge_user, is_root
from suarctl.runner.errors import FolderForeign, FolderHalfMade, FolderInUse, FolderUnreachable, RunnerError
from suarctl.runner.process import State

LAYOUT = 1
LONGEST_SOCKET_PATH = 107
LONGEST_SOCKET_NAME = len("/pgrun/.s.PGSQL.5432.lock")
OURS = (
    "postgres",
    "run",
    "pgrun",
    "edge",
    "logs",
    "secrets",
    "status.json",
    "clock.json",
    "state.json",
    "lock",
    "mail",
)


def default_folder() -> Path:
    """Where an instance lives when nobody says otherwise."""
    if is_root():
        return Path("/var/lib/suar/default")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "suar" / "default"


@dataclass
class DataFolder:
    """One instance's folder. `claim` makes it ours until the process ends; a killed process lets go by itself."""

    path: Path
    _lock: int | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.path = self.path.expanduser().absolute()

    @property
    def state_file(self) -> Path:
        return self.path / "state.json"

    @property
    def status_file(self) -> Path:
        return self.path / "status.json"

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
        """Where sockets live: in the folder, or, for sockets may not have long paths, in a short private one."""
        if len(str(self.path)) + LONGEST_SOCKET_NAME <= LONGEST_SOCKET_PATH:
            return self.path
        name = sha256(str(self.path).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"suar-{os.geteuid()}-{name}"

    @property
    def run(self) -> Path:
        return self.sockets / "run"

    @property
    def database_sockets(self) -> Path:
        return self.sockets / "pgrun"

    def claim(self, *, reset: bool = False) -> dict[str, Any]:
        """Take the folder: make it if it is new, refuse it if it is held, foreign or half-made; gives its state."""
        self._make_folder()
        self._refuse_foreign()
        self._take_lock()
        state = self._read_state()
        if reset:
            self.empty()
            state = {"layout": LAYOUT, "phase": "preparing", "instance": state.get("instance", secrets.token_hex(3))}
            self.save(state)
            self._make_rooms()
            return state
        if state and state.get("phase") != "ready":
            self.release()
            raise FolderHalfMade(
                f"Folder data {self.path} belum selesai dibuat: percobaan sebelumnya terhenti di tengah jalan. "
                f"Buat ulang dari awal dengan --reset (isinya dihapus), atau pilih folder lain dengan --data."
            )
        if not state:
            state = {"layout": LAYOUT, "phase": "preparing", "instance": secrets.token_hex(3)}
            self.save(state)
        self._make_rooms()
        return state

    def processes_not(self, state: State) -> list[str]:
        """Return each process that the runner last saw in another state: its name and that state."""
        try:
            processes = json.loads(self.status_file.read_text())["processes"]
        except (OSError, ValueError, KeyError):
            return []
        return [f"{one['name']} {one['state']}" for one in processes if one["state"] != state]

    def save(self, state: dict[str, Any]) -> None:
        write_atomically(self.state_file, json.dumps(state, indent=1), mode=0o600)

    def release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def empty(self) -> None:
        """Take everything of ours out; anything else in the folder stays."""
        for name in OURS:
            if name == "lock":
                continue
            target = self.path / name
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)
        if self.sockets != self.path:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def delete(self) -> None:
        """The whole instance goes: for demonstrations, whose folder nobody asked to keep."""
        self.empty()
        self.release()
        (self.path / "lock").unlink(missing_ok=True)
        try:
            self.path.rmdir()
        except OSError:
            return

    def holder(self) -> int | None:
        """The process that runs this instance, or None when nobody does."""
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
            return _pid(os.pread(handle, 32, 0))
        finally:
            os.close(handle)
        return None

    def _make_folder(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (PermissionError, FileExistsError, NotADirectoryError) as error:
            raise FolderUnreachable(
                f"Folder data {self.path} tidak dapat dibuat ({error.strerror}). Pilih folder lain dengan --data."
            ) from error
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise FolderUnreachable(f"Folder data {self.path} tidak dapat ditulisi. Pilih folder lain dengan --data.")

    def _refuse_foreign(self) -> None:
        if self.state_file.exists() or (self.path / "lock").exists():
            return
        others = sorted(entry.name for entry in self.path.iterdir())
        if others:
            raise FolderForeign(
                f"Folder {self.path} sudah berisi hal lain ({', '.join(others[:3])}). "
                f"Pilih folder kosong, atau folder yang dulu dibuat Suar, dengan --data."
            )

    def _take_lock(self) -> None:
        handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = _pid(os.pread(handle, 32, 0))
            os.close(handle)
            raise FolderInUse(
                f"Folder data {self.path} sedang dipakai oleh proses {pid or '?'}. "
                f"Hentikan dengan `suar down --data {self.path}`, atau pilih folder lain dengan --data."
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        self._lock = handle

    def _read_state(self) -> dict[str, Any]:
        try:
            state = json.loads(self.state_file.read_text())
        except FileNotFoundError:
            return {}
        except ValueError:
            return {"phase": "unreadable"}
        if isinstance(state, dict) and state.get("layout", LAYOUT) > LAYOUT:
            raise RunnerError(f"Folder data {self.path} dibuat oleh versi Suar yang lebih baru; perbarui Suar dahulu.")
        return state if isinstance(state, dict) else {"phase": "unreadable"}

    def _make_rooms(self) -> None:
        database, edge = database_user(), edge_user()
        self.path.chmod(0o711 if database else 0o700)
        self._make_socket_root(shared=database is not None)
        for private in (self.logs, self.secrets):
            private.mkdir(mode=0o700, exist_ok=True)
        for shared in (self.run, self.edge):
            shared.mkdir(exist_ok=True)
            if edge:
                os.chown(shared, -1, edge.gid)
            # set-group-id: sockets made here belong to the edge's group, which alone may enter
            shared.chmod(0o2710 if edge else 0o700)
        for owned in (self.postgres, self.database_sockets):
            owned.mkdir(mode=0o700, exist_ok=True)
            if database:
                os.chown(owned, database.uid, database.gid)
                self._check_reachable(database, owned)

    def _make_socket_root(self, *, shared: bool) -> None:
        if self.sockets == self.path:
            return
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        found = self.sockets.lstat()
        if found.st_uid != os.geteuid() or self.sockets.is_symlink():
            raise FolderUnreachable(
                f"{self.sockets} bukan milik kita; hapus dahulu, atau pilih folder data yang jalurnya pendek."
            )
        self.sockets.chmod(0o711 if shared else 0o700)

    def _check_reachable(self, user: SystemUser, folder: Path) -> None:
        if not user.can_enter(folder):
            raise FolderUnreachable(
                f"Folder data {self.path} tidak dapat dimasuki pengguna sistem '{user.name}', "
                f"padahal PostgreSQL tidak boleh berjalan sebagai root. Pilih folder yang terbuka bagi semua, "
                f"misalnya --data /var/lib/suar/default."
            )


def write_atomically(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Write so that a reader sees the old or the new content, never a half."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    temporary = Path(name)
    temporary.chmod(mode)
    temporary.replace(path)


def _pid(text: bytes) -> int | None:
    return int(text) if text.strip().isdigit() else None
