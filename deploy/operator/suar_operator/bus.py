"""Queues, exchanges and bindings on the bus: a broker's, or the one inside PostgreSQL.

Queues are declared before anybody publishes: what a topic exchange cannot route, it forgets.
"""

from chassis.bus.contracts import Contracts
from chassis.bus.topology import Topology, connect, declare, is_amqp
from suar_cli.errors import BusRefused
from suar_operator.services import SERVICES


def declare_all(url: str, namespace: str, contracts: Contracts) -> None:
    """Declare exchange, queues and bindings of every service, from the published subscriptions."""
    topology = Topology(namespace)
    try:
        with connect(url) as connection:
            connection.ensure_connection(max_retries=2, timeout=10)
            for service in SERVICES:
                declare(connection, topology, service, contracts.subscriptions(service))
    except Exception as error:
        raise BusRefused(
            f"Bus pesan tidak menjawab ({error!r}). "
            f"Periksa alamat --bus, dan pastikan penggunanya boleh membuat antrean."
        ) from error


def remove_all(url: str, namespace: str) -> None:
    """Take this instance's queues and exchange off a shared broker."""
    topology = Topology(namespace)
    with connect(url) as connection:
        if not is_amqp(connection):
            return
        channel = connection.channel()
        for service in SERVICES:
            for queue in (topology.queue(service), topology.dead_queue(service)):
                queue(channel).delete()
        topology.exchange(channel).delete()
        topology.replays(channel).delete()
