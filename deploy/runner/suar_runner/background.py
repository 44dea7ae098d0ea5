"""A runner in a process of its own: for `--detach`, the demo and tests."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from chassis.waiting import Remaining, Stalled, wait_for
from suar_cli.errors import StartFailed
from suar_operator.folder import DataFolder
from suar_runner.options import Options
from suar_runner.process import State, die_with_parent

STALL_SECONDS = 240.0
LONGEST_PAUSE = 0.1
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
        """End the instance in order, by force when nothing moves any more; return the runner's exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            wait_for(
                "end",
                lambda: self.process.poll() is not None or Remaining(self.folder.processes_not(State.STOPPED)),
                stall_seconds=patience,
            )
        except Stalled:
            self.process.kill()
        return self.process.wait()


def start_in_background(
    options: Options, say: Callable[[str], None] = lambda _words: None, *, outlives_us: bool = False
) -> Running:
    """Start a runner and wait until everything is up; raises StartFailed with its last message when it is not."""
    status = DataFolder(options.data).status_file
    read_end, write_end = os.pipe()
    with tempfile.TemporaryFile() as complaints, tempfile.TemporaryDirectory(prefix="suar-up-") as hidden:
        process = subprocess.Popen(
            [sys.executable, "-m", "suar_cli", "up", *options.arguments(Path(hidden))],
            stdin=subprocess.DEVNULL,
            stdout=write_end,
            stderr=complaints,
            start_new_session=True,
            preexec_fn=None if outlives_us else die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - callers have one thread
        )
        os.close(write_end)
        try:
            with os.fdopen(read_end, "rb", buffering=0) as lines:
                _await(process, DataFolder(options.data), lines.fileno(), say)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            process.wait(60)
            raise
        if process.poll() is not None:
            complaints.seek(0)
            raise _why_it_ended(process.returncode, complaints.read().decode(errors="replace"))
    content = json.loads(status.read_text())
    return Running(options, content["base_url"], process)


def _why_it_ended(code: int, complaints: str) -> StartFailed:
    """Return the runner's own last message with its exit code, so that both ways of starting end alike."""
    sentence = "\n".join(complaints.strip().splitlines()[-LAST_LINES:]).removeprefix("suar: ")
    return StartFailed(sentence or f"Proses pengelola berakhir dengan kode {code}.", code if code > 0 else 1)


def _await(process: "subprocess.Popen[bytes]", folder: DataFolder, output: int, show: Callable[[str], None]) -> None:
    """Pass on what the runner prints until it is up or has ended."""
    rest, last_line = b"", ""

    def ask() -> Literal[True] | Remaining:
        nonlocal rest, last_line
        ended = process.poll() is not None
        while select.select([output], [], [], 0)[0] and (chunk := os.read(output, 65536)):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                last_line = line.decode(errors="replace")
                show(last_line)
        if ended or _is_up(process, folder.status_file):
            return True
        return Remaining([last_line, *folder.processes_not(State.READY)])

    def pause(seconds: float) -> None:
        select.select([output], [], [], min(seconds, LONGEST_PAUSE))

    try:
        wait_for("start", ask, stall_seconds=STALL_SECONDS, pause=pause)
    except Stalled as stalled:
        raise StartFailed(
            f"Belum siap: tidak ada kemajuan selama {STALL_SECONDS:.0f} detik sesudah: {stalled.state.remaining}. "
            "Periksa catatan dengan ./suar logs."
        ) from stalled


def _is_up(process: "subprocess.Popen[bytes]", status: Path) -> bool:
    try:
        content = json.loads(status.read_text())
    except (OSError, ValueError):
        return False
    return bool(content.get("runner") == process.pid and content.get("phase") == "ready")
