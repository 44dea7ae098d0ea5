"""Everything that a report without a name passes, as real processes: edge, identity, wellbeing, the bus and notification."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from chassis.bus.topology import Topology, connect
from chassis.waiting import wait_for
from testkit.parent_death import ending_with_us
from testkit.service import ServiceUnderTest

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass
class Window:
    """From when to when something was sent, by the real clock and by that of business."""

    spans: list[tuple[datetime, datetime]] = field(default_factory=list)

    @contextmanager
    def open(self, clock: Any) -> Iterator[None]:
        begun = (datetime.now(UTC), clock.now())
        yield
        self.spans += zip(begun, (datetime.now(UTC), clock.now()), strict=True)

    def holds(self, moment: datetime) -> bool:
        return any(begin <= moment <= end for begin, end in self.spans)

    def moments_in(self, written: str) -> set[str]:
        """What in a text tells a moment of the window: a time, or an id that is made of one."""
        times = {one for one in _MOMENT.findall(written) if self.holds(datetime.fromisoformat(one))}
        made = {one: datetime.fromtimestamp((UUID(one).int >> 80) / 1000, UTC) for one in _UUID.findall(written)}
        return times | {one for one, moment in made.items() if self.holds(moment)}


@dataclass
class Whole:
    """The running processes, their logs and their databases."""

    services: dict[str, ServiceUnderTest]
    folder: Path
    socket: Path
    namespace: str

    def logs(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in sorted(self.folder.glob("*.log"))}

    def tables(self, agency: str) -> dict[str, str]:
        """Every table of every database as text, as far as an agency's rows go."""
        found = {}
        for name, service in self.services.items():
            with service.work.transaction(agency) as tx:
                names = tx.session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
                for table in names:
                    rows = tx.session.scalars(text(f'SELECT to_jsonb(t) FROM "{table}" t'))
                    found[f"{name}.{table}"] = "\n".join(json.dumps(row, default=str) for row in rows)
        return found

    def metrics(self) -> str:
        with httpx.Client(transport=httpx.HTTPTransport(uds=str(self.socket))) as client:
            return client.get("http://wellbeing/metrics").text

    def wait_until_written(self) -> None:
        """Wait until nothing is being written of what was done before: processes have begun, the audit trail is sealed."""
        wait_for("what was before is written", self._is_at_rest)

    def _is_at_rest(self) -> bool:
        logs = self.logs()
        if not all("_started" in lines for name, lines in logs.items() if "worker" in name):
            return False
        for service in self.services.values():
            with service.work.database.engine.connect() as connection:
                if connection.scalar(text("SELECT EXISTS (SELECT 1 FROM audit WHERE chain IS NULL)")):
                    return False
        return self.logs() == logs

    def has_published(self, agency: str) -> bool:
        """Return whether all that wellbeing has recorded for an agency has arrived in notification."""
        with self.services["wellbeing"].work.database.engine.connect() as connection:
            ids = connection.scalars(text("SELECT id FROM outbox WHERE agency_id = :a"), {"a": agency}).all()
        with self.services["notification"].work.database.engine.connect() as connection:
            arrived = connection.scalar(text("SELECT count(*) FROM inbox WHERE event_id = ANY(:ids)"), {"ids": ids})
        return bool(ids) and arrived == len(ids)


@contextmanager
def whole_system(
    folder: Path, wellbeing: ServiceUnderTest, notification: ServiceUnderTest, bus_url: str, namespace: str
) -> Iterator[Whole]:
    """Run wellbeing's API and worker and notification's worker, each with a log of its own."""
    socket = folder / "wellbeing.sock"
    running: list[subprocess.Popen[bytes]] = []
    with ExitStack() as ends:
        ends.callback(lambda: [process.wait(30) for process in running])
        for component, service, words in (
            ("notification", notification, ("worker", "notification")),
            ("wellbeing", wellbeing, ("worker", "wellbeing")),
            ("wellbeing", wellbeing, ("api", "wellbeing", "--bind", f"unix:{socket}", "--workers", "2")),
        ):
            log = ends.enter_context((folder / f"{component}-{words[0]}.log").open("wb"))
            command = ending_with_us([sys.executable, "-m", "chassis", *words], signal.SIGTERM)
            settings = service.app.extensions["suar_settings"]
            environment = {
                **os.environ,
                f"{component.upper()}_DATABASE_URL": settings.database_url,
                "AUTH_PUBLIC_KEY_FILE": str(settings.auth_public_key_file),
                "CONTRACTS_DIR": str(settings.contracts_dir),
                "CLOCK_FILE": str(wellbeing.clock.path),
                "SUAR_MODE": "test",
                "BUS_URL": bus_url,
                "BUS_NAMESPACE": namespace,
            }
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
            running.append(process)
            ends.callback(process.send_signal, signal.SIGTERM)
        whole = Whole({"wellbeing": wellbeing, "notification": notification}, folder, socket, namespace)
        wait_for("wellbeing answers", lambda: "suar_" in whole.metrics(), ignoring=(httpx.HTTPError, OSError))
        wait_for("notification's queue", lambda: _queue_exists(bus_url, namespace), ignoring=(Exception,))
        yield whole


def _queue_exists(bus_url: str, namespace: str) -> bool:
    with connect(bus_url) as connection, connection.channel() as channel:
        Topology(namespace).queue("notification")(channel).queue_declare(passive=True)
        return True
