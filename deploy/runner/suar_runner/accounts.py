"""Which operating-system users our programs run as."""

import grp
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

DATABASE_USERS = ("postgres", "nobody")
EDGE_USER = "nobody"


@dataclass(frozen=True)
class SystemUser:
    """A user to become, or (None) ourselves."""

    name: str
    uid: int
    gid: int

    @property
    def group(self) -> str:
        return grp.getgrgid(self.gid).gr_name

    def can_enter(self, folder: Path) -> bool:
        """Whether this user reaches the folder, asked by trying."""
        command = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        return self._run(command).returncode == 0

    def can_execute(self, program: Path) -> bool:
        """Whether this user can start the program where it lies."""
        return self._run([str(program), "--version"]).returncode == 0

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[bytes]":
        try:
            return subprocess.run(
                command,
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                check=False,
                timeout=20,
            )
        except OSError:
            return subprocess.CompletedProcess(command, 126)


def is_root() -> bool:
    return os.geteuid() == 0


def database_user() -> SystemUser | None:
    """Who PostgreSQL runs as: ourselves, or, because it refuses root, the first of `DATABASE_USERS` that exists."""
    return _first(DATABASE_USERS) if is_root() else None


def edge_user() -> SystemUser | None:
    """Who the edge's workers run as when we are root."""
    return _first((EDGE_USER,)) if is_root() else None


def _first(names: tuple[str, ...]) -> SystemUser:
    for name in names:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(name, found.pw_uid, found.pw_gid)
    raise LookupError(f"none of these users exists: {', '.join(names)}")
