"""Faults are made on a PostgreSQL of their own and behind a proxy of their own: nobody else on this machine notices."""

import os
import random
import sys
from collections.abc import Iterator

import pytest

from testkit.backends import EmbeddedPostgres, embedded_bus
from testkit.plugin import add_to_summary
from tests.faults import broker
from tests.faults.cluster import IS_LONG, PATH, Cluster, Databases
from tests.faults.proxy import Proxy, address_of

BUS = "suar_test_bus"
sys.path[:0] = PATH


@pytest.fixture(scope="session")
def seed() -> int:
    return int(os.environ.get("SUAR_FAULT_SEED", random.SystemRandom().randrange(10**6)))


@pytest.fixture(scope="module")
def cluster_databases() -> Iterator[Databases]:
    """A PostgreSQL that ends with the last test that needs it, as its processes do: idle, they too take a processor."""
    server = EmbeddedPostgres()
    try:
        server.start()
        built = Databases(server)
        yield built
        built.close()
    finally:
        server.remove()


@pytest.fixture(scope="module")
def own_broker() -> Iterator[broker.OwnRabbit | None]:
    """In the long form a RabbitMQ that may be stopped, where one is installed; else None."""
    if not IS_LONG or broker.programs() is None:
        yield None
        return
    server = broker.OwnRabbit()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="module", params=["RabbitMQ", "embedded"])
def cluster(
    request: pytest.FixtureRequest, cluster_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    server = None
    if request.param == "embedded":
        direct = embedded_bus(cluster_databases.server.url, BUS)
        proxy = Proxy(cluster_databases.server.socket, b"pgmq.send_topic")
        through = f"pgmq://postgres:x@127.0.0.1:{proxy.port}/{BUS}"
    else:
        server = request.getfixturevalue("own_broker")
        direct = server.url if server else request.getfixturevalue("bus_url")
        if not direct.startswith("amqp"):
            pytest.skip("no RabbitMQ here; the embedded bus is tried")
        host, port = address_of(direct)
        proxy = Proxy((host, port), b"\x00\x3c\x00\x28")
        through = direct.replace(f"{host}:{port}", f"127.0.0.1:{proxy.port}")
    folder = tmp_path_factory.mktemp(request.param)
    built = Cluster(request.param, cluster_databases, proxy, through, direct, folder)
    built.broker = server
    yield built
    built.close()
    proxy.close()
    for line in built.lines:
        add_to_summary(request.config, line)
