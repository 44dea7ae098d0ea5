"""The bus of one instance: PostgreSQL's own (pgmq) in the instance's server, or a broker that the operator names.

Queues are declared before anybody publishes: what a topic exchange cannot route, it forgets.
"""

import psycopg
from pgmq.install import install_pgmq_from_sql

from chassis.bus.contracts import Contracts
from chassis.bus.topology import Topology, connect, declare, is_amqp
from suarctl.runner.databases import SERVICES
from suarctl.runner.errors import BusRefused


def pgmq_url(conninfo: str) -> str:
    return f"pgmq://?dsn={conninfo}"


def install_pgmq(conninfo: str) -> bool:
    """Put the queue's functions into the bus database once; True when it was needed."""
    with psycopg.connect(conninfo, connect_timeout=10) as connection:
        if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'pgmq'").fetchone():
            return False
        install_pgmq_from_sql(conn=connection)
        connection.commit()
    return True


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
            for queue in (topology.queue(service), topology.dead_letter_queue(service)):
                queue(channel).delete()
        topology.exchange(channel).delete()
        topology.replays(channel).delete()
