"""The PostgreSQL of one instance: made, started on a private socket, recovered after a hard death.

There is no TCP. Every role has a password (SCRAM), for on one socket only that keeps a service out of the others'
databases; the socket's folder is closed to other users besides.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from suar_cli.errors import DatabaseRefused
from suar_runner.accounts import SystemUser
from suar_runner.process import ProcessSpec

SUPERUSER = "suar_admin"
PORT = 5432
STOP_ORDER = 10
STALE_WAIT = 30.0
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "shared_buffers": "'128MB'",
    "work_mem": "'8MB'",
    "maintenance_work_mem": "'64MB'",
    "effective_cache_size": "'1GB'",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "'1GB'",
    "checkpoint_timeout": "'15min'",
    "huge_pages": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "'%m [%p] %q%u@%d '",
    "password_encryption": "'scram-sha-256'",
}


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One cluster: its programs, its data, its socket, who runs it, and the password of its superuser.

    Not `durable` means that commits wait for the kernel only, not for the disk: a killed process still loses nothing,
    a machine that loses power may lose the cluster. Right for demonstrations and tests, whose data can be made again.
    """

    programs: Path
    data: Path
    sockets: Path
    password: str
    user: SystemUser | None
    durable: bool = True
    connections: int = 200

    @property
    def is_made(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def make(self) -> None:
        """initdb, then our settings."""
        self._clear()
        word = self._password_file()
        command = [
            str(self.programs / "initdb"),
            f"--pgdata={self.data}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--auth=scram-sha-256",
            f"--pwfile={word}",
            "--no-sync",
        ]
        user = self.user
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            cwd=self.data,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
        word.unlink()
        if done.returncode != 0:
            words = (done.stderr or done.stdout).decode(errors="replace").strip()
            raise DatabaseRefused(f"PostgreSQL gagal disiapkan di {self.data}:\n{words}")
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n# set by the runner\n")
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            if sys.platform == "linux":
                # one call instead of an fsync per file: recovery after a hard death takes a second, not six
                file.write("recovery_init_sync_method = syncfs\n")

    def spec(self) -> ProcessSpec:
        """How the supervisor runs it: SIGINT is the fast, clean stop; SIGQUIT leaves recovery to the next start."""
        command = [
            str(self.programs / "postgres"),
            "-D",
            str(self.data),
            "-c",
            f"unix_socket_directories={self.sockets}",
            "-p",
            str(PORT),
            "-c",
            f"max_connections={self.connections}",
            *([] if self.durable else ["-c", "fsync=off", "-c", "full_page_writes=off"]),
        ]
        return ProcessSpec(
            name="postgres",
            command=command,
            environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            order=STOP_ORDER,
            is_ready=self.answers,
            stop_signal=signal.SIGINT,
            stop_within=20,
            then_signal=signal.SIGQUIT,
            user=self.user,
            folder=self.data,
        )

    def conninfo(self, database: str = "postgres", user: str = SUPERUSER, password: str | None = None) -> str:
        return make_conninfo(
            host=str(self.sockets), port=PORT, dbname=database, user=user, password=password or self.password
        )

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.conninfo(), connect_timeout=2, autocommit=True) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def clear_remains(self) -> None:
        """End servers that outlived a killed runner, and take away the marks that a killed server leaves.

        The folder's lock is ours, so whatever still works on this data is a remainder. A pid in postmaster.pid may
        belong to another program by now, which PostgreSQL cannot distinguish from a rival; so the file goes at the end.
        """
        for number, patience in (
            (signal.SIGINT, STALE_WAIT),
            (signal.SIGQUIT, STALE_WAIT),
            (signal.SIGKILL, STALE_WAIT),
        ):
            left = self._remains()
            if not left:
                break
            for process in left:
                with contextlib.suppress(psutil.Error):
                    process.send_signal(number)
            psutil.wait_procs(left, timeout=patience)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for mark in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (self.sockets / mark).unlink(missing_ok=True)

    def _remains(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter(["name"]):
            if process.info["name"] != "postgres":
                continue
            with contextlib.suppress(psutil.Error, OSError):
                if Path(process.cwd()) == self.data:
                    found.append(process)
        return found

    def _password_file(self) -> Path:
        """The superuser's password where initdb, running as another user, can read it for a moment."""
        file = self.sockets / "password"
        file.unlink(missing_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as text:
            text.write(f"{self.password}\n")
        if self.user:
            os.chown(file, self.user.uid, self.user.gid)
        return file

    def _clear(self) -> None:
        for entry in self.data.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()
