"""Bringing one instance up, keeping it up, and taking it down."""

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from chassis.bus.contracts import Contracts
from chassis.db.schema_version import is_behind
from chassis.waiting import Remaining, Stalled, wait_for
from suar_cli.errors import RunnerError
from suar_cli.hints import command
from suar_cli.places import contracts_folder
from suar_operator import bus
from suar_operator.databases import DatabaseServer, as_url, new_passwords
from suar_operator.folder import DataFolder, write_atomically
from suar_operator.keys import ensure_keys
from suar_operator.services import BUS, OWNERS, SERVICES
from suar_runner import edge, embedded_bus
from suar_runner.accounts import SystemUser, database_user
from suar_runner.nginx import Nginx, find_nginx
from suar_runner.options import Options
from suar_runner.own_folder import OwnFolder
from suar_runner.plan import Plan, component_of
from suar_runner.postgres import EmbeddedPostgres
from suar_runner.process import State
from suar_runner.programs import PostgresPrograms, find_postgres
from suar_runner.supervisor import Stopped, Supervisor

MIGRATIONS_AT_ONCE = 2
SPARE_CONNECTIONS = 20
# for processes that start before the server has noticed that their predecessors were killed, and for the runner
SPARE_BUS_CONNECTIONS = 10
Say = Callable[[str], None]


@dataclass
class Instance:
    """One running system on one data folder."""

    options: Options
    say: Say
    folder: OwnFolder = field(init=False)
    supervisor: Supervisor = field(init=False)
    _state: dict[str, Any] = field(default_factory=dict, init=False)
    _began: float = field(default_factory=time.monotonic, init=False)
    _server: DatabaseServer | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.folder = OwnFolder(self.options.data)
        self.supervisor = Supervisor(self.folder.logs, self.folder.status_file)

    @property
    def base_url(self) -> str:
        return str(self.supervisor.details["base_url"])

    def run(self, when_up: Callable[[], None] = lambda: None) -> None:
        """Bring everything up, stay until asked to end, and take everything down whatever happened."""
        port = edge.free_port(self.options.listen, self.options.port)
        nginx = find_nginx()
        self._check_given_servers()
        self._state = self.folder.claim(reset=self.options.reset)
        try:
            with self.supervisor.listening_to_signals():
                try:
                    self._bring_up(port, nginx)
                    when_up()
                    self.supervisor.supervise_until_stopped()
                except Stopped:
                    self._say_that_it_stops()
                except RunnerError:
                    # what ends us may end a server that we were just talking to
                    if not self.supervisor.asked_to_stop:
                        raise
                    self._say_that_it_stops()
                finally:
                    self.supervisor.write_status(phase="stopping")
                    self.supervisor.stop_all()
                    self.supervisor.write_status(phase="stopped")
        finally:
            self._tidy()

    def _say_that_it_stops(self) -> None:
        self._log_and_show("Menghentikan semua proses …")
        if self.folder.is_unfinished and not self.options.temporary:
            self._log_and_show(
                f"Folder data {self.folder.path} belum selesai dibuat dan belum berisi data; "
                f"{command('up', '--data', self.folder.path)} berikutnya membuatnya dari awal."
            )

    def _check_given_servers(self) -> None:
        """Refuse a wrong address or password of a given server before anything is created."""
        if self.options.database:
            DatabaseServer(self.options.database).check()
        if self.options.bus:
            bus.check(self.options.bus)

    def _bring_up(self, port: int, nginx: Nginx) -> None:
        end_survivors(self.folder.status_file)
        host = "127.0.0.1" if self.options.listen in {"0.0.0.0", "::"} else self.options.listen  # noqa: S104
        self.supervisor.write_status(
            phase="starting",
            mode=self.options.mode,
            base_url=f"http://{f'[{host}]' if ':' in host else host}:{port}",
            data=str(self.folder.path),
            started=time.time(),
        )
        plan = self._prepare_backends(nginx)
        self._start_services(plan)
        self.supervisor.start(
            edge.EdgeProcess(
                nginx.program,
                self.folder.edge,
                self.options.listen,
                port,
                plan.upstreams(),
                generous=self.options.mode != "production",
            ).spec()
        )
        self.supervisor.wait_until_ready([edge.NAME])
        self.supervisor.write_status(phase="ready", seconds=round(time.monotonic() - self._began, 1))
        self._report(f"Siap di {self.base_url}")

    def _prepare_backends(self, nginx: Nginx) -> Plan:
        server = self._database_server(nginx)
        passwords = self._passwords()
        workers = self.options.api_workers
        conninfos = server.prepare(passwords, connections_of(workers), bus_limit=bus_connections(workers))
        self._report("basis data dan peran siap")
        namespace = f"suar-{self._state['instance']}"
        bus_url = self.options.bus or embedded_bus.pgmq_url(conninfos[BUS])
        if not self.options.bus:
            embedded_bus.install_pgmq(conninfos[BUS])
        elif self.options.reset:
            bus.remove_all(bus_url, namespace)
        bus.declare_all(bus_url, namespace, Contracts(contracts_folder()))
        self._report(f"bus pesan siap ({'broker yang diberikan' if self.options.bus else 'pgmq di PostgreSQL'})")
        private, public = ensure_keys(self.folder.secrets)
        urls = {owner: as_url(conninfo) for owner, conninfo in conninfos.items() if owner != BUS}
        # from here on every step may be repeated, so a start that fails later needs no reset
        self._state |= {"phase": "ready", "bus_namespace": namespace}
        self.folder.save(self._state)
        webhook_key = self._secret("webhook-key")
        plan = Plan(self.options, self.folder, urls, bus_url, namespace, self.base_url, private, public, webhook_key)
        self._write_access(plan)
        return plan

    def _database_server(self, nginx: Nginx) -> DatabaseServer:
        if self.options.database:
            self._report(f"memakai {nginx} dan PostgreSQL yang diberikan")
            self._server = DatabaseServer(self.options.database, f"suar_{self._state['instance']}_")
            if self.options.reset:
                self._server.remove()
            return self._server
        user = database_user()
        programs = self._find_postgres(user)
        self._report(f"memakai {nginx} dan {programs}")
        password = self._secret("postgres-superuser")
        durable = self.options.mode == "production"
        postgres = EmbeddedPostgres(
            programs.folder,
            self.folder.postgres,
            self.folder.database_sockets,
            password,
            user,
            durable=durable,
            connections=all_connections(self.options.api_workers),
        )
        if not postgres.is_made:
            postgres.make()
            self._report("PostgreSQL disiapkan")
        postgres.clear_remains()
        self.supervisor.start(postgres.spec())
        self.supervisor.wait_until_ready(["postgres"])
        self._report("PostgreSQL berjalan")
        return DatabaseServer(postgres.conninfo())

    def _find_postgres(self, user: SystemUser | None) -> PostgresPrograms:
        """A cluster that exists runs on the major version that made it."""
        made_by = self.folder.postgres / "PG_VERSION"
        return find_postgres(
            user,
            major=int(made_by.read_text()) if made_by.exists() else None,
            on_copy=lambda to: self._log_and_show(f"menyalin program PostgreSQL ke {to} …"),
        )

    def _start_services(self, plan: Plan) -> None:
        behind = [s for s in OWNERS if is_behind(plan.database_urls[s], component_of(s))]
        names: list[str] = []

        def start(service: str) -> None:
            specs = [plan.api(service), plan.worker(service)]
            for spec in specs:
                self.supervisor.start(spec)
                names.append(spec.name)

        if behind:
            self.supervisor.run_once(
                [plan.migration(service) for service in behind],
                MIGRATIONS_AT_ONCE,
                lambda name: start(name.removesuffix("-migrate")),
            )
            self._report(f"skema {len(behind)} basis data diperbarui")
        for service in OWNERS:
            if f"{service}-api" not in names:
                start(service)
        self.supervisor.wait_until_ready(names)
        self._report(f"{len(SERVICES)} layanan dan gerbang siap ({len(names)} proses)")

    def _passwords(self) -> dict[str, str]:
        """The roles' passwords, made once and kept where only we read."""
        file = self.folder.secrets / "database-passwords.json"
        known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        wanted = (*OWNERS, BUS)
        if set(wanted) - set(known):
            known = new_passwords(wanted) | known
            write_atomically(file, json.dumps(known, indent=1), mode=0o600)
        return known

    def _secret(self, name: str) -> str:
        file = self.folder.secrets / name
        if not file.exists():
            write_atomically(file, new_passwords([name])[name], mode=0o600)
        return file.read_text().strip()

    def _write_access(self, plan: Plan) -> None:
        """Write the settings of each service, for tests and operators that act as one: as private as passwords."""
        content = {
            "databases": dict(plan.database_urls),
            "bus_url": plan.bus_url,
            "bus_namespace": plan.bus_namespace,
            "environments": {service: plan.environment(service) for service in OWNERS},
        }
        write_atomically(self.folder.secrets / "access.json", json.dumps(content, indent=1), mode=0o600)

    def _report(self, words: str) -> None:
        self._log_and_show(f"[{time.monotonic() - self._began:5.1f} dtk] {words}")

    def _log_and_show(self, words: str) -> None:
        """To the operator, and to the runner's own log."""
        with contextlib.suppress(OSError), (self.folder.logs / "runner.log").open("a", encoding="utf-8") as log:
            log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {words}\n")
        with contextlib.suppress(OSError):
            self.say(words)

    def _tidy(self) -> None:
        """A temporary instance leaves nothing behind, on shared servers neither."""
        if not self.options.temporary:
            self.folder.release()
            return
        with contextlib.suppress(Exception):
            if self.options.bus:
                bus.remove_all(self.options.bus, f"suar-{self._state['instance']}")
        with contextlib.suppress(Exception):
            if self._server:
                self._server.remove()
        self.folder.delete()


def connections_of(api_workers: int) -> int:
    """How many connections one service may hold: its API a few per process, its worker the rest."""
    return 22 + 4 * api_workers


def bus_connections(api_workers: int) -> int:
    """How many connections all services together may hold to the embedded bus.

    A worker reads by two, listens by one and publishes by one; each process of an API may ask how much waits.
    """
    return len(OWNERS) * (4 + api_workers) + SPARE_BUS_CONNECTIONS


def all_connections(api_workers: int) -> int:
    return len(OWNERS) * connections_of(api_workers) + bus_connections(api_workers) + SPARE_CONNECTIONS


def end_survivors(status_file: Path) -> list[str]:
    """End what a killed runner left behind where the kernel did not. Return the names."""
    try:
        processes = list(json.loads(status_file.read_text())["processes"])
    except (OSError, ValueError, KeyError, TypeError):
        return []
    ended = []
    for entry in processes:
        if not entry.get("pid") or entry["name"] == "postgres":
            continue
        with contextlib.suppress(psutil.Error, ProcessLookupError, PermissionError):
            process = psutil.Process(entry["pid"])
            if abs(process.create_time() - (entry.get("started") or 0)) < 1:
                os.killpg(entry["pid"], signal.SIGKILL)
                process.wait(5)
                ended.append(str(entry["name"]))
    return ended


def stop_running(folder: DataFolder, patience: float = 60.0) -> bool:
    """Ask the runner that holds a folder to end, and wait until it has let go; False when nobody holds it."""
    pid = folder.holder()
    if pid is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    try:
        wait_for(
            "end",
            lambda: folder.holder() is None or Remaining(folder.processes_not(State.STOPPED)),
            stall_seconds=patience,
        )
    except Stalled as stalled:
        log_command = command("logs", "runner", "--data", folder.path)
        raise RunnerError(
            f"Proses {pid} belum berhenti: tidak ada kemajuan selama {patience:.0f} detik; "
            f"masih berjalan: {stalled.state.remaining}. Periksa dengan: {log_command}"
        ) from stalled
    return True
