"""A runner in a process of its own: for `--detach`, the demo and tests."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suar_cli.errors import StartFailed
from suar_operator.folder import DataFolder
from suar_runner.options import Options
from suar_runner.process import die_with_parent

PATIENCE = 400.0
LAST_LINES = 30


@dataclass(frozen=True)
class Running:
    """An instance that is up."""

    options: Options
    base_url: str
    process: "subprocess.Popen[bytes]"

    @property
    def folder(self) -> DataFolder:
        return DataFolder(self.options.data)

    def status(self) -> dict[str, Any]:
        """What the runner last wrote: phase, base_url, and each process with state, pid and restarts."""
        found: dict[str, Any] = json.loads(self.folder.status_file.read_text())
        return found

    def pid_of(self, process: str) -> int | None:
        """The pid of a process such as "personnel-worker", for whoever wants to kill it."""
        return next((p["pid"] for p in self.status()["processes"] if p["name"] == process), None)

    def access(self) -> dict[str, Any]:
        """Connection strings of databases and bus (`databases`, `bus_url`, `bus_namespace`)."""
        found: dict[str, Any] = json.loads((self.folder.secrets / "access.json").read_text())
        return found

    def stop(self, patience: float = 60.0) -> int:
        """End the instance in order; gives the runner's exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(patience)
        self.process.kill()
        return self.process.wait()


def start_in_background(
    options: Options, say: Callable[[str], None] = lambda _words: None, *, outlives_us: bool = False
) -> Running:
    """Start a runner and wait until everything is up; raises StartFailed with what it said when it is not."""
    status = DataFolder(options.data).status_file
    read_end, write_end = os.pipe()
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "suar_cli", "up", *options.arguments()],
            stdin=subprocess.DEVNULL,
            stdout=write_end,
            stderr=complaints,
            start_new_session=True,
            preexec_fn=None if outlives_us else die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - callers have one thread
        )
        os.close(write_end)
        try:
            with os.fdopen(read_end, "rb", buffering=0) as lines:
                _await(process, status, lines.fileno(), say)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            process.wait(60)
            raise
        if process.poll() is not None:
            complaints.seek(0)
            raise _why_it_ended(process.returncode, complaints.read().decode(errors="replace"))
    facts = json.loads(status.read_text())
    return Running(options, facts["base_url"], process)


def _why_it_ended(code: int, complaints: str) -> StartFailed:
    """Return the runner's own last message with its exit code, so that both ways of starting end alike."""
    sentence = "\n".join(complaints.strip().splitlines()[-LAST_LINES:]).removeprefix("suar: ")
    return StartFailed(sentence or f"Proses pengelola berakhir dengan kode {code}.", code if code > 0 else 1)


def _await(process: "subprocess.Popen[bytes]", status: Path, output: int, say: Callable[[str], None]) -> None:
    deadline, rest = time.monotonic() + PATIENCE, b""
    while not _is_up(process, status):
        if time.monotonic() > deadline:
            raise StartFailed(f"Belum siap setelah {PATIENCE:.0f} detik. Periksa catatan dengan ./suar logs.")
        if not select.select([output], [], [], 0.1)[0]:
            continue
        chunk = os.read(output, 65536)
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            say(line.decode(errors="replace"))
        if not chunk and process.poll() is not None:
            return


def _is_up(process: "subprocess.Popen[bytes]", status: Path) -> bool:
    try:
        facts = json.loads(status.read_text())
    except (OSError, ValueError):
        return False
    return bool(facts.get("runner") == process.pid and facts.get("phase") == "ready")
