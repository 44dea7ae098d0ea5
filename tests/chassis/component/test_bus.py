"""From commit to committed effect over a real bus, with real worker threads; the same on RabbitMQ and embedded."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from desk.core import BookLent, HandledEvent, consumers
from desk.settings import Settings
from sqlalchemy import text

from chassis import outbox
from chassis.bus.topology import Topology, connect
from chassis.settings import load
from chassis.waiting import wait_for, wait_until_empty
from chassis.worker import Worker


@pytest.fixture(params=["server", "server by the library's own path", "embedded"])
def any_bus(request, bus_url, embedded_bus_url):
    if request.param == "embedded":
        return embedded_bus_url
    if "library" in request.param and not bus_url.startswith("amqp"):
        pytest.skip("the embedded bus has no frames")
    return bus_url


@pytest.fixture
def fast_frames(request, any_bus):
    return "library" not in request.node.callspec.params["any_bus"]


@pytest.fixture
def namespace(any_bus):
    name = f"t{uuid4().hex[:8]}"
    yield name
    topology = Topology(name)
    with connect(any_bus) as connection, connection.channel() as channel:
        topology.queue("desk")(channel).delete()
        if any_bus.startswith("amqp"):
            topology.dead_letter_queue("desk")(channel).delete()
            topology.exchange(channel).delete()
            topology.replays(channel).delete()


@pytest.fixture
def running(desk, any_bus, fast_frames, namespace, agency):
    settings = desk.app.extensions["suar_settings"]
    live = load(
        Settings,
        "desk",
        {
            "DESK_DATABASE_URL": settings.database_url,
            "BUS_URL": any_bus,
            "BUS_NAMESPACE": namespace,
            "BUS_FAST_FRAMES": str(int(fast_frames)),
            "SUAR_MODE": "test",
            "AUTH_PUBLIC_KEY_FILE": str(settings.auth_public_key_file),
            "CONTRACTS_DIR": str(settings.contracts_dir),
        },
    )
    with desk.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET published_at = now() WHERE published_at IS NULL"))
    worker = Worker(live, consumers=consumers)
    # guarded as in production: a loop that fails is logged and started again
    threads = [worker._thread(name, loop) for name, loop in worker._loops()]
    for thread in threads:
        thread.start()
    yield worker
    worker.stop.set()
    for thread in threads:
        thread.join(15)
    worker.work.database.engine.dispose()


def count_handled(desk, agency):
    with desk.work.transaction(agency) as tx:
        return tx.session.query(HandledEvent).count()


def wait_until_handled(desk, agency, count):
    wait_until_empty("events", lambda: count - count_handled(desk, agency))


def has_handled(desk, agency, subject):
    with desk.work.transaction(agency) as tx:
        return tx.session.query(HandledEvent).filter(HandledEvent.subject == str(subject)).count() > 0


def test_what_is_committed_takes_effect_in_order(desk, running, agency):
    wait_for("the queue", lambda: queue_exists(running))
    subjects = [uuid4() for _ in range(3)]
    for _ in range(20):
        with desk.work.transaction(agency) as tx:
            for subject in subjects:
                outbox.record(tx, BookLent(loan_id=subject, title="x"))
    wait_until_handled(desk, agency, 60)
    with desk.work.transaction(agency) as tx:
        for subject in subjects:
            rows = tx.session.query(HandledEvent).filter(HandledEvent.subject == str(subject)).all()
            assert sorted(one.sequence for one in rows) == list(range(1, 21))


def test_a_rolled_back_transaction_publishes_nothing(desk, running, agency):
    wait_for("the queue", lambda: queue_exists(running))

    def record_and_fail():
        with desk.work.transaction(agency) as tx:
            outbox.record(tx, BookLent(loan_id=uuid4(), title="never"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record_and_fail()
    with desk.work.transaction(agency) as tx:
        outbox.record(tx, BookLent(loan_id=uuid4(), title="published"))
    wait_until_handled(desk, agency, 1)


def queue_exists(worker):
    """The consumer has declared and bound its queue, so that nothing published from now on is missed."""
    return worker.consumer.connected.is_set()


def test_a_replay_reaches_only_its_consumer_and_has_no_effect_twice(desk, running, agency, person):
    wait_for("the queue", lambda: queue_exists(running))
    since = datetime.now(UTC).isoformat()
    with desk.work.transaction(agency) as tx:
        for _ in range(3):
            outbox.record(tx, BookLent(loan_id=uuid4(), title="x"))
    wait_until_handled(desk, agency, 3)
    with desk.work.transaction(agency) as tx:
        tx.session.query(HandledEvent).delete()
        tx.session.execute(
            text("DELETE FROM inbox WHERE event_id IN (SELECT id FROM outbox WHERE agency_id = :a)"), {"a": agency}
        )
    operator = desk.client(person("operator"))
    for published_after, (consumer, affected) in enumerate((("elsewhere", 0), ("desk", 3), ("desk", 3)), 1):
        asked = {"consumer": consumer, "since": since}
        replay_id = operator.post("/api/v1/desk/events/replays", json=asked).json["id"]
        wait_for("the replay", lambda replay_id=replay_id: replay(operator, replay_id)["finished_at"])
        # on the same queue: once it is handled, so is everything published before it
        last = uuid4()
        with desk.work.transaction(agency) as tx:
            outbox.record(tx, BookLent(loan_id=last, title="x"))
        wait_for("the last event", lambda last=last: has_handled(desk, agency, last))
        assert count_handled(desk, agency) == affected + published_after


def replay(operator, replay_id):
    (found,) = [one for one in operator.get("/api/v1/desk/events/replays").json["items"] if one["id"] == replay_id]
    return found
