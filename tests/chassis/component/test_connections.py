"""How relay and consumer treat their connections to the broker."""

import threading
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest
from desk.core import BookLent
from sqlalchemy import text

from chassis import outbox
from chassis.bus import topology as topologies
from chassis.bus.consumer import MIN_PAUSE, BusConsumer
from chassis.bus.message import Outgoing
from chassis.bus.publisher import Publisher
from chassis.bus.topology import Topology, connect
from chassis.db import Database
from chassis.observability import outages
from chassis.outbox.relay import Relay
from chassis.waiting import wait_for, wait_until_empty
from testkit.logs import captured_logs


@pytest.fixture(params=[True, False], ids=["our frames", "the library's own path"])
def fast_frames(request):
    return request.param


@pytest.fixture
def topology(bus_url):
    made = Topology(f"t{uuid4().hex[:8]}")
    yield made
    with connect(bus_url) as connection, connection.channel() as channel:
        made.queue("desk")(channel).delete()
        if bus_url.startswith("amqp"):
            made.dead_letter_queue("desk")(channel).delete()
            made.exchange(channel).delete()
            made.replays(channel).delete()


class Pauses(threading.Event):
    """A stop signal that comes at the fourth pause, and remembers how long each was meant to be."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def wait(self, timeout=None):
        self.asked.append(timeout)
        if len(self.asked) == 4:
            self.set()
        return self.is_set()


def test_who_was_connected_tries_again_at_once_however_often_it_is_cut(desk, bus_url, topology, fast_frames):
    def broken(_batch):
        raise ZeroDivisionError

    consumer = BusConsumer(bus_url, topology, "desk", [("desk", "BookLent", 1)], broken, lambda: True, fast_frames)
    pauses = Pauses()
    thread = threading.Thread(target=consumer.run, args=(pauses,))
    thread.start()
    wait_for("a connection", lambda: consumer.connected.is_set() or not thread.is_alive())
    assert consumer.connected.is_set()
    publisher = Publisher(bus_url, topology, fast_frames=fast_frames)
    publisher.publish([Outgoing("any.desk.BookLent.v1", str(uuid4()), "{}")])
    thread.join(30)
    publisher.close()
    assert pauses.asked == [MIN_PAUSE] * 4


def test_an_idle_relay_keeps_its_connection(desk, bus_url, topology, agency, monkeypatch, fast_frames):
    if not bus_url.startswith("amqp"):
        pytest.skip("the embedded bus has no heartbeat")
    monkeypatch.setattr(topologies, "HEARTBEAT_SECONDS", 1)
    publisher = Publisher(bus_url, topology, fast_frames=fast_frames)
    relay = Relay(desk.work.database.engine, publisher, poll_seconds=0.2)
    publish(desk, agency)
    while relay.drain_once():
        pass
    before, stop = publisher._connection, threading.Event()
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    # a broker closes what has been silent for two heartbeats or so
    time.sleep(4)
    publish(desk, agency)
    wait_until_empty("the outbox", lambda: waiting(desk, agency))
    after = publisher._connection
    stop.set()
    thread.join(10)
    assert after is before


@pytest.mark.parametrize(("again", "lines"), [(60.0, 1), (0.0, 5)])
def test_a_database_that_is_away_is_logged_once_a_minute(bus_url, topology, monkeypatch, again, lines):
    """Not at each of the relay's attempts, of which there are several a second."""
    monkeypatch.setattr(outages, "LOG_AGAIN_SECONDS", again)
    relay = Relay(Database.connect("postgresql://nobody@127.0.0.1:1/nothing").engine, Publisher(bus_url, topology))
    stop = SimpleNamespace(is_set=iter([False] * 5 + [True]).__next__, wait=lambda _seconds: True)
    with captured_logs() as logs:
        relay.run(stop)
    assert [one["event"] for one in logs] == ["relay_interrupted"] * lines
    assert "refused" in logs[0]["reason"]


def publish(desk, agency):
    with desk.work.transaction(agency) as tx:
        outbox.record(tx, BookLent(loan_id=uuid4(), title="x"))


def waiting(desk, agency):
    with desk.work.database.engine.connect() as connection:
        sql = "SELECT count(*) FROM outbox WHERE agency_id = :agency AND published_at IS NULL"
        return connection.execute(text(sql), {"agency": agency}).scalar_one()
