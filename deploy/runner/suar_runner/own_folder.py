"""Claim a data folder for one runner at a time; create, empty and delete it."""

import fcntl
import json
import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from suar_cli.errors import FolderDamaged, FolderForeign, FolderInUse, FolderUnreachable
from suar_cli.hints import command
from suar_operator.folder import LAYOUT, DataFolder, holder_of, write_atomically
from suar_runner.accounts import SystemUser, database_user, edge_user

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


@dataclass
class OwnFolder(DataFolder):
    """A data folder that this process can claim. The lock ends with the process, also when it is killed."""

    _lock: int | None = field(default=None, repr=False)

    def claim(self, *, reset: bool = False) -> dict[str, Any]:
        """Lock the folder and return its state; refuse it when it is in use, foreign or damaged.

        A folder in which no service ever ran is emptied and treated as new.
        """
        self._make_folder()
        self._refuse_foreign()
        self._take_lock()
        state = self.read_state()
        if self.is_damaged and not reset:
            self.release()
            anew = command("up", "--data", self.path, "--reset")
            raise FolderDamaged(
                f"{self.state_file} hilang atau rusak, sehingga isi folder data tidak dikenal. Buat ulang dari awal "
                f"dengan {anew} (isinya dihapus), atau pilih folder lain dengan --data."
            )
        if reset or state.get("phase") != "ready":
            self.empty()
            state = {"layout": LAYOUT, "phase": "preparing", "instance": state.get("instance", secrets.token_hex(3))}
            self.save(state)
        self._make_subfolders()
        return state

    def save(self, state: dict[str, Any]) -> None:
        write_atomically(self.state_file, json.dumps(state, indent=1), mode=0o600)

    def release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def empty(self) -> None:
        """Delete what the runner made; other files in the folder stay."""
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
        """Delete the whole instance, as demonstrations do at their end."""
        self.empty()
        self.release()
        (self.path / "lock").unlink(missing_ok=True)
        try:
            self.path.rmdir()
        except OSError:
            return

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
            pid = holder_of(handle)
            os.close(handle)
            raise FolderInUse(
                f"Folder data {self.path} sedang dipakai oleh proses {pid or '?'}. "
                f"Hentikan dengan {command('down', '--data', self.path)}, atau pilih folder lain dengan --data."
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        self._lock = handle

    def _make_subfolders(self) -> None:
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
