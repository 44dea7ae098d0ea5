"""Names on the bus: one topic exchange, one durable queue per consuming service, and its dead-letter queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kombu import Connection, Exchange, Queue

from chassis.bus.contracts import Subscription

# After this many deliveries the broker moves a message to the dead-letter queue, from where it is parked.
DELIVERY_LIMIT = 20
# Each side closes the connection when the other is silent for two intervals.
HEARTBEAT_SECONDS = 10
CONNECT_SECONDS = 5
# A broker that accepts no bytes for this long (an alarm, a dead network) makes the publisher reconnect.
WRITE_TIMEOUT_SECONDS = 10
# Visibility timeout of the embedded bus: a message that was read is hidden from other consumers for this long. A live
# consumer extends it, so it can be short, and the messages of a killed consumer are soon read by another.
VISIBILITY_SECONDS = 4


@dataclass(frozen=True)
class Topology:
    """Every name on the bus. `declares` is False where an administrator declares exchanges and queues beforehand."""

    namespace: str
    declares: bool = True

    @property
    def exchange(self) -> Exchange:
        return Exchange(f"{self.namespace}.events", type="topic", durable=True, delivery_mode=2)

    @property
    def replays(self) -> Exchange:
        """The exchange for replays to one consumer; its routing keys let a broker check who replays to whom."""
        return Exchange(f"{self.namespace}.replays", type="topic", durable=True, delivery_mode=2)

    def queue(self, service: str) -> Queue:
        """Return the queue of one service; `declare` adds its bindings."""
        return Queue(
            f"{self.namespace}.{service}",
            durable=True,
            queue_arguments={
                "x-queue-type": "quorum",
                "x-delivery-limit": DELIVERY_LIMIT,
                "x-dead-letter-exchange": "",
                "x-dead-letter-routing-key": f"{self.namespace}.{service}.dead",
            },
        )

    def dead_letter_queue(self, service: str) -> Queue:
        return Queue(f"{self.namespace}.{service}.dead", durable=True, queue_arguments={"x-queue-type": "quorum"})


def binding_key(producer: str, name: str, version: int) -> str:
    """Return the routing-key pattern of one event in every agency; producer "*" stands for all events."""
    return "#" if producer == "*" else f"*.{producer}.{name}.v{version}"


def replay_key(consumer: str, routing_key: str) -> str:
    """Return the routing key of an event that is replayed to one consumer only."""
    return f"{consumer}.{routing_key}"


def connect(url: str, *, threads: int = 1, patience: float = CONNECT_SECONDS) -> Connection:
    """Open (lazily) a kombu connection to RabbitMQ (amqp://) or to PostgreSQL (pgmq://…, or pgmq://?dsn=<conninfo>).

    `threads` is how many use it at once, `patience` how many seconds connecting may take.
    """
    if not url.startswith("pgmq://"):
        options = {"client_properties": {"product": "suar"}, "write_timeout": WRITE_TIMEOUT_SECONDS}
        return Connection(url, heartbeat=HEARTBEAT_SECONDS, connect_timeout=patience, transport_options=options)
    # Imported here: the embedded transport is an extra that production with RabbitMQ does not install.
    from chassis.bus.embedded import Transport

    embedded: dict[str, Any] = {
        "init_extension": False,
        "use_notify": True,
        "notify_throttle_interval_ms": 0,
        "visibility_timeout": VISIBILITY_SECONDS,
        "wait_time_seconds": 0,
        "polling_interval": 1.0,
        "pool_size": threads,
        "pool_timeout": patience,
    }
    marker = "pgmq://?dsn="
    is_conninfo = url.startswith(marker)
    embedded["conn_string"] = url.removeprefix(marker) if is_conninfo else "postgresql" + url.removeprefix("pgmq")
    return Connection(transport=Transport, transport_options=embedded)


def is_amqp(connection: Connection) -> bool:
    return bool(connection.transport.driver_type == "amqp")


def declare(connection: Connection, topology: Topology, service: str, subscriptions: Sequence[Subscription]) -> None:
    """Declare the exchanges, a service's queues and its bindings; repeating it changes nothing."""
    if not topology.declares:
        return
    with connection.channel() as channel:
        exchange = topology.exchange(channel)
        exchange.declare()
        replays = topology.replays(channel)
        replays.declare()
        if not subscriptions:
            return
        queue = topology.queue(service)(channel)
        queue.queue_declare()
        if is_amqp(connection):
            topology.dead_letter_queue(service)(channel).queue_declare()
        for producer, name, version in subscriptions:
            queue.bind_to(exchange.name, routing_key=binding_key(producer, name, version))
        queue.bind_to(replays.name, routing_key=replay_key(service, "#"))
