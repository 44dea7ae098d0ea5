"""Publishing and reading in bulk, by our frames and by the library's own path: nothing is lost, changed or reordered."""

import contextlib
import random
import socket
import threading
import time
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from chassis.bus.consumer import BATCH, BusConsumer
from chassis.bus.message import Outgoing
from chassis.bus.publisher import Publisher
from chassis.bus.topology import HEARTBEAT_SECONDS, Topology, connect, declare
from testkit.logs import captured_logs

SUBSCRIPTIONS = [("desk", "BookLent", 1)]
WHOLE = 65_536


@pytest.fixture(params=[True, False], ids=["our frames", "the library's own path"])
def fast_frames(request):
    return request.param


@pytest.fixture
def topology(bus_url):
    if not bus_url.startswith("amqp"):
        pytest.skip("the embedded bus has no frames")
    made = Topology(f"t{uuid4().hex[:8]}")
    with connect(bus_url) as connection:
        declare(connection, made, "desk", SUBSCRIPTIONS)
    yield made
    with connect(bus_url) as connection, connection.channel() as channel:
        made.queue("desk")(channel).delete()
        made.dead_letter_queue("desk")(channel).delete()
        made.exchange(channel).delete()
        made.replays(channel).delete()


def read(bus_url, topology, fast_frames, count):
    """Take so many messages from the queue; gives their bodies, and how many came at once."""
    bodies, sizes, stop = [], [], threading.Event()

    def handle(batch):
        bodies.extend(one.body.decode() for one in batch)
        sizes.append(len(batch))
        if len(bodies) >= count:
            stop.set()

    consumer = BusConsumer(bus_url, topology, "desk", SUBSCRIPTIONS, handle, lambda: True, fast_frames)
    thread = threading.Thread(target=consumer.run, args=(stop,))
    thread.start()
    thread.join(60)
    stop.set()
    assert not thread.is_alive()
    return bodies, sizes


def message(body):
    return Outgoing("kemcontoh.desk.BookLent.v1", str(uuid4()), body)


def test_bodies_of_every_size_arrive_whole_and_in_order(bus_url, topology, fast_frames):
    chance = random.Random(1)
    # the largest do not fit into one frame; the sizes around 64 KiB end a write or a read in the middle
    sizes = [0, 1, 131_063, 131_064, 131_065, 400_000, 65_535, 65_536] + [chance.randrange(3000) for _ in range(1200)]
    bodies = [f"{number:04d}" + chance.choice("aé字😀") * size for number, size in enumerate(sizes)]
    publisher = Publisher(bus_url, topology, fast_frames=fast_frames)
    assert publisher.publish([message(body) for body in bodies]) == len(bodies)
    publisher.close()
    arrived, batches = read(bus_url, topology, fast_frames, len(bodies))
    assert arrived == bodies
    assert max(batches) <= BATCH


def test_confirms_are_counted_batch_after_batch(bus_url, topology, fast_frames):
    publisher = Publisher(bus_url, topology, fast_frames=fast_frames)
    for size in (1, 700, 2, 300, 1):
        assert publisher.publish([message(str(number)) for number in range(size)]) == size
        publisher.keep_alive()
    publisher.close()


def test_what_a_full_queue_refuses_is_not_reported_as_confirmed(bus_url, topology, fast_frames):
    """The queue takes some and refuses others: only those before the first refusal count."""
    name = f"{topology.namespace}.small"
    with connect(bus_url) as connection, connection.channel() as channel:
        limits = {"x-max-length": 5, "x-overflow": "reject-publish"}
        channel.queue_declare(name, durable=True, auto_delete=False, arguments=limits)
        channel.queue_bind(name, f"{topology.namespace}.events", "#")
    publisher = Publisher(bus_url, topology, fast_frames=fast_frames)
    try:
        assert publisher.publish([message(str(number)) for number in range(50)]) == 5
        assert publisher.publish([message("again")]) == 0
    finally:
        publisher.close()
        with connect(bus_url) as connection, connection.channel() as channel:
            channel.queue_delete(name)


def test_an_exchange_that_is_gone_is_an_error_and_not_a_confirm(bus_url, topology, fast_frames):
    publisher = Publisher(bus_url, topology, fast_frames=fast_frames)
    assert publisher.publish([message("there")]) == 1
    with connect(bus_url) as connection, connection.channel() as channel:
        channel.exchange_delete(f"{topology.namespace}.events")
    with pytest.raises(Exception, match="no exchange"):
        publisher.publish([message("gone")])
    publisher.close()
    assert publisher.publish([message("declared anew")]) == 1
    publisher.close()


@contextlib.contextmanager
def front(bus_url, scheme="amqp", context=None, piece=WHOLE):
    """The same broker behind another port; its bytes come in pieces of so many bytes."""
    broker = urlsplit(bus_url)
    open_sockets = []

    def pass_on(source, sink, most):
        with contextlib.suppress(OSError):
            while data := source.recv(most):
                sink.sendall(data)
                if most < WHOLE:
                    # a slow line: or the pieces would be one again before anybody reads them
                    time.sleep(0.002)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def serve(listener):
        with contextlib.suppress(OSError):
            while True:
                client = listener.accept()[0]
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                client = context.wrap_socket(client, server_side=True) if context else client
                server = socket.create_connection((broker.hostname, broker.port))
                open_sockets.extend((client, server))
                for way in ((client, server, WHOLE), (server, client, piece)):
                    threading.Thread(target=pass_on, args=way, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        yield broker._replace(scheme=scheme, netloc=f"{broker.username}:{broker.password}@{address}").geturl()
        listener.shutdown(socket.SHUT_RDWR)
    for one in open_sockets:
        one.close()


@pytest.fixture
def tls_url(bus_url, certificate, monkeypatch):
    context, authority = certificate
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    with front(bus_url, "amqps", context) as url:
        yield url


@pytest.fixture
def crumbs_url(bus_url):
    with front(bus_url, piece=9) as url:
        yield url


def test_under_tls_a_small_batch_is_read_at_once_and_no_second_time(topology, tls_url, fast_frames):
    """Where nothing more has arrived, TLS reports it in another way than a plain socket."""
    bodies = [str(number) for number in range(7)]
    publisher = Publisher(tls_url, topology, fast_frames=fast_frames)
    assert publisher.publish([message(body) for body in bodies]) == len(bodies)
    publisher.keep_alive()
    publisher.close()
    with captured_logs() as logged:
        arrived, _ = read(tls_url, topology, fast_frames, len(bodies))
    assert arrived == bodies
    assert [one for one in logged if one["event"] == "consumer_interrupted"] == []


def test_what_comes_in_crumbs_is_put_together(topology, crumbs_url, fast_frames):
    bodies = [str(number) * number for number in range(40)]
    publisher = Publisher(crumbs_url, topology, fast_frames=fast_frames)
    assert publisher.publish([message(body) for body in bodies]) == len(bodies)
    publisher.close()
    assert read(crumbs_url, topology, fast_frames, len(bodies))[0] == bodies


def test_a_channel_that_is_closed_in_crumbs_is_an_error_at_once(bus_url, topology, crumbs_url, fast_frames):
    """The library answers such a frame, and reads on by itself, while we are still acting on what we have read."""
    publisher = Publisher(crumbs_url, topology, fast_frames=fast_frames)
    assert publisher.publish([message("there")]) == 1
    with connect(bus_url) as connection, connection.channel() as channel:
        channel.exchange_delete(f"{topology.namespace}.events")
    started = time.monotonic()
    with pytest.raises(Exception, match="no exchange"):
        publisher.publish([message("gone")])
    assert time.monotonic() - started < HEARTBEAT_SECONDS
    publisher.close()
