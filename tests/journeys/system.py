"""One running system for the whole folder, started as an operator starts it, on the servers of the test run."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx
import psycopg

from chassis.clock import FileClock
from suar_demo.client import Api
from suar_demo.consistency import Consistency
from suar_operator.operator_account import create_operator, new_password
from suar_runner.background import Running, start_in_background
from suar_runner.options import Options

OPERATOR = "operator@suar.example"
ZONE = ZoneInfo("Asia/Jakarta")
# what seven services hold open at their busiest, and the other tests beside them; with fewer free slots the system gets
# a server of its own
CONNECTIONS = 80 + 80
# many people sign in within seconds; hashes as dear as in production would be all one waits for
CHEAPER_SIGN_IN = {"PASSWORD_HASH_MEMORY_KIB": "8192", "PASSWORD_HASH_ROUNDS": "1"}


@dataclass
class System:
    """A running instance, its edge, its operator and its clock."""

    running: Running
    edge: Api
    operator: Api
    clock: FileClock
    consistency: Consistency = field(init=False)

    def __post_init__(self) -> None:
        self.consistency = Consistency(self.operator)

    def history(self, producer: str) -> Iterator[dict[str, Any]]:
        """What a service has said since the suite began, of all agencies, as its operator sees it."""
        cursor = None
        while True:
            page = self.operator.get(f"/api/v1/{producer}/events/history", cursor=cursor, limit=5000)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def turn(self, *moment: int) -> None:
        """Let business time be this moment in the agency's zone, and go on from there."""
        now = datetime(*moment, tzinfo=ZONE)  # type: ignore[misc,arg-type]  # the first parts of a moment
        self.operator.put("/api/v1/identity/clock", {"now": now.isoformat()})

    def freeze(self, *moment: int) -> None:
        """Let business time stand at this second, however slow the machine is."""
        self.clock.freeze(datetime(*moment, tzinfo=ZONE))  # type: ignore[misc,arg-type]  # the first parts of a moment


@dataclass(frozen=True)
class Backends:
    """What the instance stands on; None: its own PostgreSQL out of the wheel, and the bus inside it."""

    database: str | None
    bus: str | None

    @classmethod
    def among(cls, postgres_url: str, bus_url: str) -> "Backends":
        """The servers that the tests stand on, as far as a whole system fits on them."""
        fits = urlsplit(postgres_url).hostname is not None and free_connections(postgres_url) >= CONNECTIONS
        return cls(postgres_url if fits else None, bus_url if bus_url.startswith("amqp") else None)

    def __str__(self) -> str:
        return f"PostgreSQL {'given' if self.database else 'embedded'}, bus {'RabbitMQ' if self.bus else 'pgmq'}"


def free_connections(postgres_url: str) -> int:
    with psycopg.connect(postgres_url) as connection:
        query = "SELECT current_setting('max_connections')::int - count(*) FROM pg_stat_activity"
        row = connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])


@contextmanager
def running_system(backends: Backends, smtp: str) -> Iterator[System]:
    """Start one instance in a temporary folder; everything is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="suar-journeys-"))
    folder.chmod(0o755)
    options = Options(
        data=folder / "data",
        port=0,
        mode="test",
        bus=backends.bus,
        database=backends.database,
        smtp=smtp,
        clock_file=folder / "clock" / "clock.json",
        api_workers=1,
        temporary=True,
        environment=CHEAPER_SIGN_IN,
    )
    running = None
    try:
        running = start_in_background(options)
        with httpx.Client(timeout=60) as http:
            # nobody's cookie may stand in for whoever calls without a token
            http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            edge = Api(running.base_url, http)
            yield System(running, edge, _operator(running, edge), FileClock(folder / "clock" / "clock.json"))
    finally:
        if running:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _operator(running: Running, edge: Api) -> Api:
    password = new_password()
    create_operator(running.folder, OPERATOR, "suar", password)
    opened = edge.post("/api/v1/identity/sessions", {"username": OPERATOR, "password": password.value})
    return edge.signed_in(opened["token"], "Operator")
