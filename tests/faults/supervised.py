"""Processes that are started again when they die, as a supervisor or a container engine does it."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from testkit.parent_death import ending_with_us


class SupervisedProcess:
    """One process, kept alive until it is put down."""

    def __init__(self, name: str, command: Sequence[str], environ: dict[str, str], log: Path) -> None:
        self.name = name
        self.command = command
        self.environ = environ
        self.log = log
        self.starts = 0
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes]
        self._lock = threading.Lock()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self.resume()
        self._keeper.start()

    def kill(self) -> float:
        """kill -9; gives the moment."""
        with self._lock:
            os.kill(self._process.pid, signal.SIGKILL)
        return time.time()

    def hold(self) -> float:
        """Stop it in good order, and leave it stopped until `resume`; gives how long it took."""
        start = time.monotonic()
        self._wanted.clear()
        with self._lock:
            process = self._process
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        return time.monotonic() - start

    def resume(self) -> None:
        self._wanted.set()

    def dismiss(self) -> None:
        """Ask it to stop, for good."""
        self._ended.set()
        self._wanted.set()
        with self._lock:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGTERM)

    def end(self) -> None:
        self.dismiss()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _keep(self) -> None:
        while True:
            self._wanted.wait()
            with self.log.open("a") as log, self._lock:
                if self._ended.is_set():
                    return
                command = ending_with_us(self.command)
                self._process = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log)
                self.starts += 1
            self._process.wait()
