"""gunicorn, set up in one place: synchronous workers behind the buffering edge."""

import atexit
import logging
import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.sync import SyncWorker

from chassis.observability import metrics, tracing

LET_IN_SECONDS = 2.0


class _Log(Logger):  # type: ignore[misc]
    """gunicorn's own words go where all others go, in the same shape."""

    def setup(self, cfg: Any) -> None:
        self.loglevel = self.LOG_LEVELS.get(cfg.loglevel.lower(), logging.INFO)
        self.error_log.setLevel(self.loglevel)
        self.error_log.handlers[:] = []
        self.error_log.propagate = True
        self.access_log.handlers[:] = []
        self.access_log.propagate = False

    def reopen_files(self) -> None:
        """Nothing is written to files."""


class _Worker(SyncWorker):  # type: ignore[misc]
    """When it is told to stop it also answers whom the kernel has let in already; closing would cut them off."""

    def run_for_one(self, timeout: float) -> None:
        super().run_for_one(timeout)
        last = time.monotonic() + LET_IN_SECONDS
        with suppress(OSError):
            while time.monotonic() < last:
                self.accept(self.sockets[0])


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def serve(app: Flask, *, bind: str, workers: int) -> None:
    """Serve until SIGTERM; requests in hand are finished. `bind` is host:port or unix:/path."""

    def begin_anew(_server: object, _worker: object) -> None:
        """What does not survive a fork: connections, and the thread that sends spans."""
        # until the worker has handlers of its own, those of its parent would swallow the word to stop
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        app.extensions["suar_work"].database.engine.dispose(close=False)
        tracing.start_exporting(app.name, "api")

    def leave_at_once(_server: object, worker: Any) -> None:
        """Taking a forked interpreter apart costs 0.4 s of processor time and mends nothing."""
        if not worker.booted:
            return
        atexit._run_exitfuncs()  # noqa: SLF001 - spans are sent and logs written, as at any other end
        sys.stdout.flush()
        os._exit(0)

    def forget(_server: object, worker: Any) -> None:
        metrics.forget_process(worker.pid)

    options: dict[str, Any] = {
        "bind": bind,
        "workers": workers,
        "worker_class": _Worker,
        "timeout": 60,
        "graceful_timeout": 8,
        "keepalive": 5,
        "accesslog": None,
        "logger_class": _Log,
        "loglevel": "info",
        "umask": 0o007,
        "worker_tmp_dir": "/dev/shm",  # noqa: S108 - gunicorn's heartbeat file; a disk may stall it
        "post_fork": begin_anew,
        "worker_exit": leave_at_once,
        "child_exit": forget,
        "control_socket_disable": True,
        "forwarded_allow_ips": "*",
    }
    _Server(app, options).run()
