"""Where the demo plays: an instance of its own on the embedded default, or a system that runs elsewhere."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from suar_cli.places import contracts_folder
from suar_demo.cli import OPERATOR
from suar_demo.client import DemoFailed, Refused
from suar_operator.keys import ensure_keys
from suar_runner.background import Running, start_in_background
from suar_runner.logs import lines_about
from suar_runner.options import Options

HOME_AGENCY = "suar"
# The demo signs in hundreds of people within seconds; hashes as dear as in production would be all one sees.
CHEAPER_SIGN_IN = {"PASSWORD_HASH_MEMORY_KIB": "8192", "PASSWORD_HASH_ROUNDS": "1"}


@dataclass(frozen=True)
class Target:
    """A running system, its address, and how its operator signs in."""

    base_url: str
    operator: str
    operator_password: str
    running: Running | None = None


@contextmanager
def own_instance(
    *,
    port: int,
    bus: str | None,
    database: str | None,
    smtp: str | None,
    say: Callable[[str], None],
) -> Iterator[Target]:
    """Start an instance in a temporary folder; everything is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="suar-demo-"))
    folder.chmod(0o755)
    password = secrets.token_urlsafe(12)
    options = Options(
        data=folder / "data",
        port=port,
        mode="demo",
        bus=bus,
        database=database,
        smtp=smtp,
        clock_file=folder / "clock" / "clock.json",
        temporary=True,
        environment={**CHEAPER_SIGN_IN, "SESSION_LONGEST_MINUTES": "1440"},
    )
    running = None
    try:
        running = start_in_background(options, say)
        _bootstrap(running, options, password)
        yield Target(running.base_url, OPERATOR, password, running)
    except Refused as refused:
        # the folder goes, and with it the only place where the cause of a fault of ours is written
        if running and refused.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            for line in lines_about(running.folder, refused.request_id):
                refused.add_note(line)
        raise
    finally:
        if running:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _bootstrap(running: Running, options: Options, password: str) -> None:
    """Make the first operator, as whoever installs the system does."""
    private, public = ensure_keys(running.folder.secrets)
    environment = {
        **os.environ,
        **CHEAPER_SIGN_IN,
        "IDENTITY_DATABASE_URL": running.access()["databases"]["identity"],
        "SUAR_MODE": options.mode,
        "CLOCK_FILE": str(options.clock_file),
        "AUTH_PUBLIC_KEY_FILE": str(public),
        "AUTH_PRIVATE_KEY_FILE": str(private),
        "CONTRACTS_DIR": str(contracts_folder()),
        "OPERATOR_PASSWORD": password,
    }
    command = [sys.executable, "-m", "gateway", "bootstrap-operator", "--username", OPERATOR, "--agency", HOME_AGENCY]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise DemoFailed(f"akun operator tidak dapat dibuat: {done.stderr.strip()[-500:]}")
