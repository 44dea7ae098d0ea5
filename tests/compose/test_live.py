"""The compose file, run for real: health, walls between services, replicas, kills, and a stop in time.

Takes about ten minutes and an engine, so it runs when asked for: SUAR_COMPOSE=1 ./suar test --no-check -- tests/compose
"""

import json
import os
import random
import subprocess
import sys
import threading
import time

import pytest

from chassis.waiting import Remaining, wait_for
from suar_operator.init import make_secrets
from suar_operator.services import OWNERS, SERVICES
from tests.compose.compose_files import ROOT
from tests.compose.live import LASTING, OPERATOR, PASSWORD, Stack
from tests.ports import free_port

pytestmark = [
    pytest.mark.compose,
    pytest.mark.skipif(
        os.environ.get("SUAR_COMPOSE") != "1", reason="starts containers; asked for with SUAR_COMPOSE=1"
    ),
]


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    secrets = tmp_path_factory.mktemp("secrets") / ".env"
    found = Stack(secrets, free_port())
    refused = found.compose("config", check=False)
    assert refused.returncode != 0
    make_secrets(secrets)
    ports = f"SUAR_ADDRESS=127.0.0.1:{found.port}\nRABBITMQ_MANAGEMENT_ADDRESS=127.0.0.1:{free_port()}\n"
    secrets.write_text(secrets.read_text() + ports)
    try:
        began = time.monotonic()
        found.compose("build")
        built = time.monotonic()
        found.up()
        print(f"built in {built - began:.0f} s, healthy after another {time.monotonic() - built:.0f} s")
        yield found
    finally:
        if os.environ.get("SUAR_COMPOSE_KEEP") != "1":
            found.compose("down", "-v", "--remove-orphans", check=False)


def test_without_secrets_nothing_starts_and_the_way_out_is_named(tmp_path):
    empty = tmp_path / ".env"
    empty.touch()
    done = Stack(empty, 0).compose("config", check=False)
    assert done.returncode != 0
    assert "jalankan ./suar init" in done.stderr


def test_everything_is_healthy_and_the_edge_says_so(stack):
    assert len(stack.containers()) == len(LASTING)
    assert stack.get("/readyz").json()["services"] == dict.fromkeys(SERVICES, "ready")


@pytest.mark.parametrize("name", [*OWNERS, "appraisal-worker", "identity-worker"])
def test_processes_are_nobody_and_can_write_nowhere(stack, name):
    script = """
import json, os
def tries(path):
    try:
        open(path, "w").close()
        return "written"
    except OSError as error:
        return type(error).__name__
print(json.dumps([os.getuid(), tries("/app/x"), tries("/etc/x"), tries("/tmp/x")]))
"""
    uid, app, etc, tmp = stack.inside(name, script)
    assert uid != 0
    assert (app, etc, tmp) == ("OSError", "OSError", "written")


# Run inside a service's own container, with that service's own credentials: what does the broker answer to each try?
TRIES = """
import json, os, sys
from kombu import Connection
from chassis.bus.topology import Topology, connect
from chassis.ids import new_id

own, others = OWN, OTHERS
topology = Topology("suar")
results = {}
# an event, for notification hears all of them and what is none would wait there for an operator
event = {
    "id": str(new_id()),
    "source": f"/suar/{own}",
    "type": "NobodyHears",
    "subject": str(new_id()),
    "time": "2026-01-02T00:00:00+00:00",
    "dataschema": f"/contracts/events/{own}/NobodyHears.v1.schema.json",
    "agency": "uji",
    "sequence": 1,
    "data": {},
}

def tries(what, act):
    connection = connect(os.environ["BUS_URL"])
    try:
        connection.connect()
        channel = connection.channel()
        act(channel)
        results[what] = "allowed"
    except Exception as error:
        results[what] = str(getattr(error, "code", "")) or repr(error)
    finally:
        connection.release()

def say(exchange, key):
    def act(channel):
        channel.confirm_select()
        message = channel.prepare_message(json.dumps(event).encode(), content_type="application/cloudevents+json")
        channel.basic_publish_confirm(message, exchange=exchange, routing_key=key)
    return act

def listen(queue):
    return lambda channel: channel.basic_consume(queue, no_ack=True)

events, replays = topology.exchange.name, topology.replays.name
tries("own event", say(events, f"uji.{own}.NobodyHears.v1"))
tries("own history", say(replays, f"nobody.uji.{own}.NobodyHears.v1"))
tries("make queue", lambda channel: channel.queue_declare("mine"))
tries("make anonymous queue", lambda channel: channel.queue_declare(""))
tries("make exchange", lambda channel: channel.exchange_declare("mine", "topic"))
tries("default exchange", say("", topology.queue(own).name))
tries("another exchange", say("amq.topic", f"uji.{own}.NobodyHears.v1"))
tries("delete own queue", lambda channel: channel.queue_delete(topology.queue(own).name))
tries("delete events", lambda channel: channel.exchange_delete(events))
for other in others:
    queue = topology.queue(other).name
    tries(f"event of {other}", say(events, f"uji.{other}.NobodyHears.v1"))
    tries(f"history of {other}", say(replays, f"{own}.uji.{other}.NobodyHears.v1"))
    tries(f"queue of {other} by default exchange", say("", queue))
    if other != "personnel":
        tries(f"read {other}", listen(queue))
        tries(f"read dead of {other}", listen(topology.dead_letter_queue(other).name))
        tries(f"purge {other}", lambda channel: channel.queue_purge(queue))
        tries(f"bind {other}", lambda channel: channel.queue_bind(queue, events, "#"))
if own != "personnel":
    tries("bind own queue to everything", lambda channel: channel.queue_bind(topology.queue(own).name, events, "#"))
print(json.dumps(results))
"""


@pytest.mark.parametrize("own", SERVICES)
def test_a_services_broker_user_says_its_own_events_and_nothing_else(stack, own):
    others = [one for one in SERVICES if one != own]
    answers = stack.inside(f"{own}-worker", TRIES.replace("OWN, OTHERS", f"{own!r}, {others!r}"))
    allowed = {what for what, answer in answers.items() if answer == "allowed"}
    assert allowed == {"own event", "own history"}
    assert {answer for what, answer in answers.items() if what not in allowed} == {"403"}, answers


@pytest.mark.parametrize("own", OWNERS)
def test_a_services_database_role_enters_its_own_database_only(stack, own):
    script = f"""
import json, os
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
told = os.environ["{own.upper()}_DATABASE_URL"]
def enters(name):
    try:
        with psycopg.connect(told, dbname=name, connect_timeout=5):
            return "entered"
    except psycopg.OperationalError as error:
        return "refused" if "permission denied" in str(error) else str(error)
with psycopg.connect(told) as connection:
    rights = connection.execute(
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
print(json.dumps([{{name: enters(name) for name in {[*OWNERS, "postgres", "template1"]!r}}}, any(rights)]))
"""
    entered, is_mighty = stack.inside(f"{own}-worker", script)
    assert entered == {name: "entered" if name == own else "refused" for name in [*OWNERS, "postgres", "template1"]}
    assert not is_mighty


def test_replicas_are_found_share_the_work_and_are_left_out_when_they_die(stack):
    stack.up("--scale", "appraisal=3", "--scale", "appraisal-worker=2")
    replicas = stack.containers("appraisal")
    assert len(replicas) == 3
    assert len(stack.containers("appraisal-worker")) == 2
    listing = ["rabbitmqctl", "-q", "-p", "suar", "list_queues", "name", "consumers"]
    queues = dict(line.split() for line in stack.compose("exec", "-T", "rabbitmq", *listing).stdout.splitlines()[1:])
    assert queues["suar.appraisal"] == "2"
    assert queues["suar.training"] == "1"
    wait_until_answering(stack, 3)
    victim = min(replicas)
    subprocess.run(["docker", "stop", victim], check=True, capture_output=True)
    answering(stack, 40)
    wait_until_answering(stack, 2)
    subprocess.run(["docker", "start", victim], check=True, capture_output=True)
    stack.wait_until_healthy()
    wait_until_answering(stack, 3)


def test_a_replica_that_hangs_is_left_out_and_comes_back(stack):
    victim = min(stack.containers("appraisal"))
    subprocess.run(["docker", "pause", victim], check=True)
    try:
        began = time.monotonic()
        answering(stack, 40)
        print(f"40 requests with a replica that hangs: {time.monotonic() - began:.1f} s")
    finally:
        subprocess.run(["docker", "unpause", victim], check=True)
    wait_until_answering(stack, 3)


def wait_until_answering(stack, count):
    wait_for(f"{count} replicas", lambda: len(found := answering(stack, 30)) == count or Remaining(found))


def answering(stack, times):
    """Which replicas of appraisal answered, as the edge's log tells; every answer must be the service's own."""
    since = time.time()
    for _ in range(times):
        assert stack.get("/api/v1/appraisal/plans").status_code == 401, "somebody was told of an error"
    (edge,) = stack.containers("edge")
    command = ["docker", "logs", "--since", f"{since:.3f}", edge]
    log = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    asked = [line["upstream"] for line in lines if line["path"] == "/api/v1/appraisal/plans"]
    # a request that was repeated names every replica it was sent to, the last one answered
    return {upstream.split(", ")[-1] for upstream in asked}


class Killer(threading.Thread):
    """Kills every container once, in an order and with pauses of a printed seed."""

    def __init__(self, stack, seed):
        super().__init__(daemon=True)
        self.stack, self.random = stack, random.Random(seed)
        self.done = threading.Event()
        self.killed = []

    def run(self):
        victims = sorted(self.stack.containers())
        self.random.shuffle(victims)
        for name in victims:
            if self.done.wait(self.random.uniform(3, 8)):
                return
            self.stack.kill(name)
            self.killed.append(name)


def test_a_year_is_played_from_outside_while_every_container_is_killed_once(stack):
    create = ["exec", "-T", "identity", "/app/deploy/entrypoint", "operator", "--username", OPERATOR]
    assert "dibuat" in stack.compose(*create, input=f"{PASSWORD}\n").stdout
    seed = int(os.environ.get("SUAR_FAULT_SEED", random.SystemRandom().randrange(10**6)))
    print(f"seed {seed}")
    story = [sys.executable, "-m", "suar_cli", "demo", "--once", "--employees", "500", "--against", stack.url]
    environment = {**os.environ, "OPERATOR_PASSWORD": PASSWORD}
    killer = Killer(stack, seed)
    with subprocess.Popen(
        [*story, "--reach", "host.docker.internal"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as demo:  # fmt: skip
        killer.start()
        said, _ = demo.communicate(timeout=1800)
        killer.done.set()
        killer.join()
    print(f"killed {len(killer.killed)} of {len(stack.containers())}: {', '.join(killer.killed)}\n{said[-3000:]}")
    assert demo.returncode == 0, f"seed {seed}, killed {killer.killed}:\n{said[-6000:]}"
    assert len(killer.killed) >= 10
    stack.wait_until_healthy()


def test_everything_of_ours_stops_within_ten_seconds_of_being_asked(stack):
    for name, one in sorted(stack.containers().items()):
        if "suar" not in one["Config"]["Image"] and "nginx" not in one["Config"]["Image"]:
            continue
        began = time.monotonic()
        subprocess.run(["docker", "stop", "-t", "30", name], check=True, capture_output=True)
        took = time.monotonic() - began
        print(f"{name} stopped in {took:.1f} s")
        assert took < 10, name
        state = subprocess.run(
            ["docker", "inspect", "-f", "{{.State.ExitCode}}", name], capture_output=True, check=True
        )
        assert int(state.stdout) == 0, name
