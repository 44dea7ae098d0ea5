"""What the edge costs: the same requests straight to a service, through nginx, and with authorisation."""

import json
import os
import re
import selectors
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

import jwt

from benchmarks.http_socket import dial, request
from benchmarks.life import plan_body
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from benchmarks.whole import Whole, whole
from chassis.auth import Principal, claims_of
from chassis.waiting import wait_for, wait_until_empty
from suar_demo.context import Person
from suar_runner.edge import free_port
from suar_runner.health import answers_tcp
from suar_runner.nginx import find_nginx

CONNECTIONS = 16
SILENT = 200
YEAR = 2030
GOAL = 0.85
METRICS = (
    Metric("share", "of direct", goal=GOAL),
    Metric("rate", "requests/s"),
    Metric("p50", "ms", more_is_better=False),
    Metric("p99", "ms", more_is_better=False),
    Metric("failed", "requests not answered 200", more_is_better=False),
)
# What is taken out of, or changed in, the edge's own configuration to make the other contestants.
_ASKED = re.compile(r"^\s*auth_request /.*$", re.MULTILINE)
_ANSWERED = re.compile(r"^\s*auth_request_set (\S+) .*$", re.MULTILINE)
_CACHED = re.compile(r"^\s*proxy_cache(?:_key|_valid|_lock|_lock_timeout|_use_stale)? .*$", re.MULTILINE)


@dataclass
class EntryPoints:
    """The ways into one running system, one for each contestant, and who asks."""

    system: Whole
    person: Person
    seconds: float
    addresses: dict[str, str] = field(default_factory=dict)

    def measure(self, entry: str, path: str) -> Sample:
        """Ask one route over sixteen connections; the pace of the direct way is taken in the same breath, half before
        and half after, because the machine's own pace changes from minute to minute.
        """
        before = self._load("direct", path, self.seconds / 2)
        found = self._load(entry, path, self.seconds)
        after = self._load("direct", path, self.seconds / 2)
        return {**found, "share": found["rate"] / ((before["rate"] + after["rate"]) / 2)}

    def besieged(self, path: str) -> Sample:
        with silent_connections(self.addresses["edge"], SILENT):
            return self.measure("edge", path)

    def _load(self, entry: str, path: str, seconds: float) -> Sample:
        token = self.internal_token() if entry in {"direct", "nginx alone"} else self.person.me.token
        message = request("GET", path, {"Authorization": f"Bearer {token}", "Accept": "application/json"})
        task = {
            "address": self.addresses[entry],
            "request": message.decode(),
            "connections": CONNECTIONS,
            "seconds": seconds,
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.load"],
            input=json.dumps(task),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        found: Sample = json.loads(done.stdout)
        return found

    def internal_token(self) -> str:
        """What the edge would hand on for this person, signed with the instance's own key."""
        me = self.person.me.get("/api/v1/identity/me")
        caller = Principal(
            account_id=UUID(me["account_id"]),
            agency_id=me["agency_id"],
            roles=frozenset(me["roles"]),
            employee_id=UUID(me["employee_id"]),
            unit_id=UUID(me["unit_id"]),
            name=me["name"],
        )
        key = Path(self.system.environment("identity")["AUTH_PRIVATE_KEY_FILE"]).read_text()
        return jwt.encode(claims_of(caller, lifetime=600), key, algorithm="EdDSA")


@contextmanager
def silent_connections(address: str, number: int) -> Iterator[None]:
    """Hold so many connections that say nothing, or half a request; one that the edge gives up is opened anew."""
    stop, held = threading.Event(), selectors.DefaultSelector()
    opened = [0]

    def open_one(place: int) -> None:
        connection = dial(address)
        if place % 2:
            connection.sendall(b"GET /api/v1/appraisal/me/plan?year=2030 HTTP/1.1\r\nHost: be")
        held.register(connection, selectors.EVENT_READ, (place, connection))
        opened[0] += 1

    def keep() -> None:
        for place in range(number):
            open_one(place)
        while not stop.is_set():
            for key, _ in held.select(0.2):
                place, connection = key.data
                held.unregister(connection)
                connection.close()
                open_one(place)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        wait_until_empty(f"{number} silent connections", lambda: max(0, number - opened[0]))
        yield
    finally:
        stop.set()
        keeper.join()
        for key in list(held.get_map().values()):
            key.data[1].close()
        held.close()


def without_authorisation(config: str) -> str:
    """Nginx as it is, but it asks nobody: the caller brings the internal token."""
    silent = _ANSWERED.sub(r'set \1 "";', _ASKED.sub("", config))
    return silent.replace("Authorization $internal_authorization", "Authorization $http_authorization")


def without_cache(config: str) -> str:
    """Nginx as it is, but identity is asked for each request."""
    return _CACHED.sub("", config)


@contextmanager
def another_edge(system: Whole, change: Callable[[str], str]) -> Iterator[str]:
    """A second nginx before the same services, with its configuration changed."""
    state = system.running.folder.edge
    port = free_port("127.0.0.1", 0)
    other = state.with_name(f"edge-{port}")
    other.mkdir(mode=0o700)
    os.chown(other, state.stat().st_uid, state.stat().st_gid)
    other.chmod(state.stat().st_mode)
    config = (state / "nginx.conf").read_text().replace(str(state), str(other))
    config = change(re.sub(r"listen [^;]+;", f"listen 127.0.0.1:{port};", config))
    (other / "nginx.conf").write_text(config)
    command = [str(find_nginx().program), "-p", str(other), "-c", str(other / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(other / "error.log").open("wb"))
    try:
        wait_for(f"nginx on port {port}", lambda: answers_tcp("127.0.0.1", port, "/healthz"))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _prepared(system: Whole) -> tuple[Person, dict[str, str]]:
    """Somebody with a plan and an evaluation to read, and the routes that read them."""
    context = system.context
    superiors = {one.appraiser_id for one in context.people.values()}
    person = next(one for one in context.people.values() if one.appraiser_id and one.employee_id not in superiors)
    # the quarter's last day: a plan that is agreed on it is agreed in time, and the window is open
    context.turn_clock(YEAR, 3, 31, 9)
    plan = person.me.post("/api/v1/appraisal/plans", json.loads(plan_body(YEAR)))
    submitted = person.me.post(f"/api/v1/appraisal/plans/{plan['id']}/submit")
    head = context.people[person.appraiser_id or ""]
    read = {"If-Match": f'"{submitted["version"]}"'}
    head.me.post(f"/api/v1/appraisal/plans/{plan['id']}/activate", headers=read)
    rating = {"employee_id": person.employee_id, "work_result": "MEETS", "behaviour": "MEETS"}
    made = head.me.post("/api/v1/appraisal/evaluations/periodic", {**rating, "year": YEAR, "quarter": 1})
    routes = {
        "a small answer": f"/api/v1/appraisal/evaluations/{made['id']}",
        "an ordinary answer": f"/api/v1/appraisal/me/plan?year={YEAR}",
    }
    return person, routes


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    system = stack.enter_context(whole(100))
    person, routes = _prepared(system)
    addresses = {
        "edge": system.base_url,
        "direct": system.socket("appraisal"),
        "nginx alone": stack.enter_context(another_edge(system, without_authorisation)),
        "edge, nothing cached": stack.enter_context(another_edge(system, without_cache)),
    }
    entry_points = EntryPoints(system, person, float(options.pick(3, 1)), addresses)
    entry_points.measure("edge", routes["a small answer"])
    for name, path in routes.items():
        yield Race(
            title=f"The edge: {name}",
            metrics=METRICS,
            contestants=[
                Contestant(
                    "edge with authorisation",
                    "opaque token; nginx asks identity once in five seconds and keeps the answer",
                    partial(entry_points.measure, "edge", path),
                ),
                Contestant(
                    "direct",
                    "the internal token, to the same workers over their socket; measured against itself",
                    partial(entry_points.measure, "direct", path),
                ),
                Contestant(
                    "nginx alone",
                    "the same configuration without authorisation; the internal token",
                    partial(entry_points.measure, "nginx alone", path),
                ),
                Contestant(
                    "nothing cached",
                    "the same configuration, but identity is asked for each request",
                    partial(entry_points.measure, "edge, nothing cached", path),
                ),
                Contestant(
                    "edge, besieged",
                    f"while {SILENT} connections are held open: every other one says nothing, the rest half a request",
                    partial(entry_points.besieged, path),
                ),
            ],
            note=f"GET {re.sub('[0-9a-f-]{36}', '…', path)}; {CONNECTIONS} connections, kept alive (a synchronous "
            f"worker ends each, so the direct way opens its socket anew). {system.on}.",
        )


SUITE = Suite("edge", "The edge with authorisation against a direct call", races)
