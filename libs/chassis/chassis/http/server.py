"""gunicorn, configured in one place: synchronous workers behind the buffering edge."""

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

ACCEPTED_SECONDS = 2.0


class _Log(Logger):  # type: ignore[misc]
    """Sends gunicorn's own messages to the root logger, in the format of all others."""

    def setup(self, cfg: Any) -> None:
        self.loglevel = self.LOG_LEVELS.get(cfg.loglevel.lower(), logging.INFO)
        self.error_log.setLevel(self.loglevel)
        self.error_log.handlers[:] = []
        self.error_log.propagate = True
        self.access_log.handlers[:] = []
        self.access_log.propagate = False

    def reopen_files(self) -> None:
        """There are no log files to reopen."""


class _Worker(SyncWorker):  # type: ignore[misc]
    """At a stop it also serves the connections that the kernel has accepted already, which closing would cut."""

    def run_for_one(self, timeout: float) -> None:
        super().run_for_one(timeout)
        last = time.monotonic() + ACCEPTED_SECONDS
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
    """Serve until SIGTERM; running requests are finished. `bind` is host:port or unix:/path."""

    def after_fork(_server: object, _worker: object) -> None:
        """Renew what does not survive a fork: connections, and the thread that exports spans."""
        # Until the worker has handlers of its own, those of its parent would swallow a stop signal.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        app.extensions["suar_work"].database.engine.dispose(close=False)
        tracing.start_exporting(app.name, "api")

    def exit_at_once(_server: object, worker: Any) -> None:
        """Skip the interpreter's shutdown, which costs 0.4 s of processor time in a fork."""
        if not worker.booted:
            return
        atexit._run_exitfuncs()  # noqa: SLF001 - spans are exported and logs flushed, as at any other exit
        sys.stdout.flush()
        os._exit(0)

    def child_exited(_server: object, worker: Any) -> None:
        metrics.mark_dead(worker.pid)

    options: dict[str, Any] = {
        "bind": bind,
        "workers": workers,
        "worker_class": _Worker,
        "timeout": 60,
        "graceful_timeout": 8,
        "keepalive": 5,
        # the edge's own limit, which answers a problem, comes first
        "limit_request_line": 8190,
        "accesslog": None,
        "logger_class": _Log,
        "loglevel": "info",
        "umask": 0o007,
        "worker_tmp_dir": "/dev/shm",  # noqa: S108 - gunicorn's heartbeat file; a disk may block it
        "post_fork": after_fork,
        "worker_exit": exit_at_once,
        "child_exit": child_exited,
        "control_socket_disable": True,
        "forwarded_allow_ips": "*",
    }
    _Server(app, options).run()
