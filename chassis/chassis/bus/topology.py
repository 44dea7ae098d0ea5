"""Names on the bus: one topic exchange, one durable queue per consuming service, a dead-letter queue beside it."""

from dataclasses import dataclass
from typing import Any

from kombu import Connection, Exchange, Queue

from chassis.bus.embedded import HOLD_SECONDS, Transport

# Past this many deliveries the broker itself gives a message up to the dead queue, from which it is parked.
DELIVERY_LIMIT = 20
# A broker that is silent for two of these is given up, and gives us up.
HEARTBEAT_SECONDS = 10
CONNECT_SECONDS = 5
# A broker that takes no bytes for so long (an alarm, a dead network) makes the publisher let go and try again.
STALLED_SECONDS = 10


@dataclass(frozen=True)
class Topology:
    """Every name on the bus. `declares` is False where they are made beforehand by somebody with the right to."""

    namespace: str
    declares: bool = True

    @property
    def exchange(self) -> Exchange:
        return Exchange(f"{self.namespace}.events", type="topic", durable=True, delivery_mode=2)

    @property
    def replays(self) -> Exchange:
        """Where history is said again to one consumer; a broker can tell by the key whose history it is."""
        return Exchange(f"{self.namespace}.replays", type="topic", durable=True, delivery_mode=2)

    def queue(self, service: str) -> Queue:
        """The queue that one service reads; its bindings are added by `bind`."""
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

    def dead_queue(self, service: str) -> Queue:
        return Queue(f"{self.namespace}.{service}.dead", durable=True, queue_arguments={"x-queue-type": "quorum"})


def binding_key(producer: str, name: str, version: int) -> str:
    """The routing-key pattern of one event in every agency; producer "*" stands for all events."""
    return "#" if producer == "*" else f"*.{producer}.{name}.v{version}"


def replay_key(consumer: str, routing_key: str) -> str:
    """The routing key of an event that is said again to one consumer only."""
    return f"{consumer}.{routing_key}"


def connect(url: str) -> Connection:
    """Open (lazily) a kombu connection to RabbitMQ (amqp://) or to PostgreSQL (pgmq://…, or pgmq://?dsn=<conninfo>)."""
    if not url.startswith("pgmq://"):
        options = {"client_properties": {"product": "suar"}, "write_timeout": STALLED_SECONDS}
        return Connection(url, heartbeat=HEARTBEAT_SECONDS, connect_timeout=CONNECT_SECONDS, transport_options=options)
    embedded: dict[str, Any] = {
        "init_extension": False,
        "use_notify": True,
        "notify_throttle_interval_ms": 0,
        "visibility_timeout": HOLD_SECONDS,
        "wait_time_seconds": 0,
        "polling_interval": 1.0,
        "pool_size": 2,
        "pool_timeout": CONNECT_SECONDS,
    }
    marker = "pgmq://?dsn="
    is_conninfo = url.startswith(marker)
    embedded["conn_string"] = url.removeprefix(marker) if is_conninfo else "postgresql" + url.removeprefix("pgmq")
    return Connection(transport=Transport, transport_options=embedded)


def is_amqp(connection: Connection) -> bool:
    return bool(connection.transport.driver_type == "amqp")


def declare(connection: Connection, topology: Topology, service: str, hears: list[tuple[str, str, int]]) -> None:
    """Declare the exchanges, a service's queues and its bindings; doing it again changes nothing."""
    if not topology.declares:
        return
    with connection.channel() as channel:
        exchange = topology.exchange(channel)
        exchange.declare()
        replays = topology.replays(channel)
        replays.declare()
        if not hears:
            return
        queue = topology.queue(service)(channel)
        queue.queue_declare()
        if is_amqp(connection):
            topology.dead_queue(service)(channel).queue_declare()
        for producer, name, version in hears:
            queue.bind_to(exchange.name, routing_key=binding_key(producer, name, version))
        queue.bind_to(replays.name, routing_key=replay_key(service, "#"))
