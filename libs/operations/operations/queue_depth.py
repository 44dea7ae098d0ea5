"""The depth of a service's queue on the bus. For the operator's eye only; nothing depends on it."""

from dataclasses import dataclass

from chassis.bus.topology import Topology, connect, is_amqp
from chassis.observability.logging import get_logger

log = get_logger()
TIMEOUT_SECONDS = 3.0


@dataclass(frozen=True)
class QueueDepth:
    """Messages ready in a service's queue, messages in its dead-letter queue, and the consumers of the queue."""

    ready: int
    dead_letters: int
    consumers: int | None


def queue_depth(url: str, topology: Topology, service: str) -> QueueDepth | None:
    """Ask the bus for the depth of a service's queue; None when it does not answer or has no such queue."""
    if not url:
        return None
    connection = connect(url)
    try:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT_SECONDS)
        counts_consumers = is_amqp(connection)
        found = connection.channel().queue_declare(topology.queue(service).name, passive=True)
        dead_letters = 0
        if counts_consumers:
            name = topology.dead_letter_queue(service).name
            dead_letters = connection.channel().queue_declare(name, passive=True).message_count
        return QueueDepth(found.message_count, dead_letters, found.consumer_count if counts_consumers else None)
    except Exception as error:  # noqa: BLE001 - whatever the reason, the depth is unknown
        log.info("queue_depth_unknown", error=repr(error)[:300])
        return None
    finally:
        connection.release()
