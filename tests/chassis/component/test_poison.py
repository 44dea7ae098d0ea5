"""Malformed messages, and what kills its consumer, over a real bus: it ends, harms no other and is not lost."""

import base64
import json
import os
import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from desk.core import HandledEvent
from kombu import Queue
from sqlalchemy import text

from chassis.bus.consumer import BusConsumer
from chassis.bus.topology import Topology, connect, declare, is_amqp
from chassis.ids import new_id
from chassis.inbox import malformed
from chassis.inbox.deferred import park_malformed
from chassis.waiting import wait_for, wait_until_empty
from testkit.logs import captured_logs
from tests.chassis.component.test_bus import any_bus, fast_frames, namespace, queue_exists, running

__all__ = ["any_bus", "fast_frames", "namespace", "running"]
NESTED = b"[" * 200_000


def an_envelope(agency, **changes):
    subject = str(new_id())
    return {
        "id": str(new_id()),
        "source": "/suar/desk",
        "type": "BookLent",
        "subject": subject,
        "time": datetime.now(UTC).isoformat(),
        "dataschema": "/contracts/events/desk/BookLent.v1.schema.json",
        "agency": agency,
        "sequence": 1,
        "data": {"loan_id": subject, "title": "x"},
        **changes,
    }


def publish(bus_url, topology, agency, *bodies, headers=None):
    """Publish bytes as they are, past all that a publisher of ours would check, and wait until the broker has them.

    A quorum queue promises nothing of what is not confirmed: with the channel gone nobody sends it again.
    """
    key = f"{agency}.desk.BookLent.v1"
    with connect(bus_url) as connection, connection.channel() as channel:
        prepared = [
            channel.prepare_message(
                body if isinstance(body, bytes) else json.dumps(body).encode(),
                content_type="application/cloudevents+json",
                content_encoding="binary",
                headers=headers or {},
                properties={"delivery_mode": 2},
            )
            for body in bodies
        ]
        if is_amqp(connection):
            for message in prepared:
                channel.basic_publish_confirm(message, exchange=topology.exchange.name, routing_key=key)
        else:
            channel.publish_many(topology.exchange.name, [(key, message) for message in prepared])


def handled(desk, agency):
    with desk.work.transaction(agency) as tx:
        return {one.id for one in tx.session.query(HandledEvent)}


@pytest.fixture
def operator(desk, person):
    yield desk.client(person("operator"))
    with desk.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM deferred WHERE cause = 'malformed'"))


def parked(operator, wanted):
    """Those of the wanted bodies that an operator sees parked, whole."""
    listed = operator.get("/api/v1/desk/events/failed?state=PARKED&cause=malformed&limit=200").json["items"]
    ids = {one["event_id"] for one in listed}
    named = [str(malformed.parked_row(body, ValueError())["id"]) for body in wanted]
    return [operator.get(f"/api/v1/desk/events/failed/{one}").json for one in named if one in ids]


def test_what_cannot_be_read_is_parked_with_its_bytes_and_the_rest_goes_on(desk, running, any_bus, agency, operator):
    wait_for("the queue", lambda: queue_exists(running))
    secret = b"\xff\xfe Siti sakit " + os.urandom(8)
    good = an_envelope(agency)
    bad = [
        secret,
        NESTED,
        b"",
        *(
            json.dumps(an_envelope(agency, **change)).encode()
            for change in (
                {"subject": "nol \0"},
                {"subject": "separuh \ud800"},
                {"subject": ["x"]},
                {"type": {}},
                {"sequence": 2**63},
                {"sequence": float("inf")},
                {"data": []},
            )
        ),
    ]
    topology = Topology(running.settings.bus_namespace)
    with captured_logs() as logs:
        publish(any_bus, topology, agency, *bad, good)
        wait_for("the good one", lambda: str(next(iter(handled(desk, agency)), "")) == good["id"])
        wait_until_empty("the bad ones", lambda: len(bad) - len(parked(operator, bad)))
    first, nested, *_ = parked(operator, bad)
    assert (first["producer"], first["name"], first["agency_id"]) == ("unknown", "Malformed", "")
    assert base64.b64decode(first["body"]["base64"]) == secret
    assert nested["body"]["bytes"] == len(NESTED)
    assert len(base64.b64decode(nested["body"]["base64"])) == malformed.STORED_BYTES
    logged = [one for one in logs if one["event"] == "event_malformed"]
    assert {(one["event_id"], one["bytes"]) for one in logged} >= {(first["event_id"], len(secret))}
    assert "Siti" not in str(logs)
    assert not [one for one in logs if one["event"] == "consumer_interrupted"]


def test_what_kombu_cannot_unpack_is_parked(desk, running, any_bus, agency, operator):
    wait_for("the queue", lambda: queue_exists(running))
    topology = Topology(running.settings.bus_namespace)
    packed, good = os.urandom(20), an_envelope(agency)
    publish(any_bus, topology, agency, packed, headers={"compression": "application/x-gzip"})
    publish(any_bus, topology, agency, good)
    wait_for("the good one", lambda: str(next(iter(handled(desk, agency)), "")) == good["id"])
    wait_for("the packed one", lambda: len(parked(operator, [packed])) == 1)


def test_an_operator_discards_it_or_has_it_read_again(desk, agency, operator):
    """A newer version may understand it; what it still does not stays parked."""
    readable, rubbish = json.dumps(an_envelope(agency)).encode(), os.urandom(20)
    inbox, engine = desk.worker.inbox, desk.work.database.engine
    for body in (readable, rubbish):
        park_malformed(engine, body, ValueError("an older version did not know this"))
    found = {one["event_id"]: one for one in parked(operator, [readable, rubbish])}
    group = {"producer": "unknown", "name": "Malformed", "cause": "malformed"}
    base = "/api/v1/desk/events"
    edit = {"data": {}, "reason": "mencoba menyunting"}
    for event_id in found:
        assert operator.post(f"{base}/failed/{event_id}/edit", json=edit).json["code"] == "event_not_editable"
        assert operator.post(f"{base}/failed/{event_id}/retry").status_code == 200
    inbox.retry_due()
    assert {str(one) for one in handled(desk, agency)} == {json.loads(readable)["id"]}
    (left,) = parked(operator, [readable, rubbish])
    assert base64.b64decode(left["body"]["base64"]) == rubbish
    assert operator.post(f"{base}/parked/discard", json={**group, "reason": "bukan peristiwa"}).json["affected"] == 1
    assert parked(operator, [rubbish]) == []


class Killed(BaseException):
    """As with a kill, nobody on the way up can do anything about it."""


def test_the_dead_letter_queue_ends_whatever_lies_in_it(desk, bus_url, agency, monkeypatch, operator):
    """RabbitMQ 4 throws away what it delivered from here twenty times: more culprits than that allows take none along."""
    if not bus_url.startswith("amqp"):
        pytest.skip("only RabbitMQ has a dead queue")

    def kill(_process, _signal):
        raise Killed

    monkeypatch.setattr("desk.core.os.kill", kill)
    topology = Topology(f"t{uuid4().hex[:8]}")
    culprits = [an_envelope(agency, data={"title": "kills"}) for _ in range(5)]
    innocents = [an_envelope(agency) for _ in range(3)]
    dead_at_once = []
    with connect(bus_url) as connection, connection.channel() as channel:
        arguments = {"x-queue-type": "quorum", "x-delivery-limit": 20}
        name = topology.dead_letter_queue("desk").name
        Queue(name, durable=True, queue_arguments=arguments, channel=channel).queue_declare()
        monkeypatch.setattr(
            Topology, "dead_letter_queue", lambda _self, _service: Queue(name, queue_arguments=arguments)
        )
        declare(connection, topology, "desk", [("desk", "BookLent", 1)])
        for body in (*culprits, *innocents):
            message = channel.prepare_message(json.dumps(body).encode(), properties={"delivery_mode": 2})
            channel.basic_publish_confirm(message, routing_key=name)

        def handle(batch):
            dead_at_once.append(sum(one.dead_lettered for one in batch))
            try:
                desk.worker.inbox.receive(batch)
            except Killed as end:
                raise RuntimeError("for the broker it is the same: the connection is gone") from end

        consumer = BusConsumer(
            url=bus_url,
            topology=topology,
            service="desk",
            subscriptions=[("desk", "BookLent", 1)],
            handle=handle,
            ready=lambda: True,
        )
        stop = threading.Event()
        thread = threading.Thread(target=consumer.run, args=(stop,))
        thread.start()
        try:
            wait_until_empty(
                "the innocent", lambda: {one["id"] for one in innocents} ^ {str(one) for one in handled(desk, agency)}
            )
            wait_until_empty("the dead queue", lambda: channel.queue_declare(queue=name, passive=True).message_count)
        finally:
            stop.set()
            thread.join(15)
            topology.queue("desk")(channel).delete()
            topology.dead_letter_queue("desk")(channel).delete()
            topology.exchange(channel).delete()
            topology.replays(channel).delete()
    held = {str(one["event_id"]): one["cause"] for one in desk.deferred(agency)}
    assert held == {one["id"]: "process_killed" for one in culprits}
    assert max(dead_at_once) == 1
