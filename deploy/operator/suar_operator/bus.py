"""Queues, exchanges and bindings on the bus: a broker's, or the one inside PostgreSQL.

Queues are declared before anybody publishes: what a topic exchange cannot route, it forgets.
"""

from urllib.parse import urlsplit

from amqp.exceptions import AccessRefused, AMQPError, NotAllowed
from kombu import Connection

from chassis.bus.contracts import Contracts
from chassis.bus.topology import Topology, connect, declare, is_amqp
from suar_cli.errors import BusRefused
from suar_cli.hints import with_cause
from suar_operator.services import OWNERS

CONNECT_SECONDS = 5
RUNNER_CURE = "Periksa alamat --bus, dan pastikan penggunanya boleh membuat antrean."


def check(url: str) -> None:
    """Raise BusRefused unless the broker answers at once and knows the user."""
    server = urlsplit(url)
    where = f"{server.hostname or 'localhost'}:{server.port or (5671 if server.scheme == 'amqps' else 5672)}"
    try:
        with Connection(url, connect_timeout=CONNECT_SECONDS) as connection:
            connection.connect()
    except AccessRefused as error:
        raise BusRefused(f"RabbitMQ di {where} menolak nama pengguna atau sandi. Periksa alamat --bus.") from error
    except NotAllowed as error:
        vhost = server.path.removeprefix("/") or "/"
        raise BusRefused(
            f"RabbitMQ di {where} tidak punya vhost {vhost!r} bagi pengguna itu. Periksa --bus."
        ) from error
    except (OSError, AMQPError) as error:
        raise BusRefused(with_cause(f"RabbitMQ tidak menjawab di {where}. Periksa alamat --bus.", error)) from error


def declare_all(url: str, namespace: str, contracts: Contracts, *, cure: str = RUNNER_CURE) -> None:
    """Declare exchange, queues and bindings of every service, from the published subscriptions."""
    topology = Topology(namespace)
    try:
        with connect(url) as connection:
            connection.ensure_connection(max_retries=2, timeout=10)
            for service in OWNERS:
                declare(connection, topology, service, contracts.subscriptions(service))
    except Exception as error:
        raise BusRefused(with_cause(f"Antrean tidak dapat dibuat di bus pesan. {cure}", error)) from error


def remove_all(url: str, namespace: str) -> None:
    """Take this instance's queues and exchange off a shared broker."""
    topology = Topology(namespace)
    with connect(url) as connection:
        if not is_amqp(connection):
            return
        channel = connection.channel()
        for service in OWNERS:
            for queue in (topology.queue(service), topology.dead_letter_queue(service)):
                queue(channel).delete()
        topology.exchange(channel).delete()
        topology.replays(channel).delete()
