"""The depth of a service's queue on the bus. For the operator's eye only; nothing depends on it."""

from dataclasses import dataclass

from kombu import Connection

from chassis.bus.topology import Topology, connect, is_amqp
from chassis.observability.logging import get_logger

log = get_logger()
TIMEOUT_SECONDS = 3.0


@dataclass(frozen=True)
class QueueDepth:
    """Messages ready in a service's queue, messages in its dead-letter queue, and the consumers of the queue.

    All are None when the bus answers but has no queue of the service.
    """

    ready: int | None = None
    dead_letters: int | None = None
    consumers: int | None = None


def queue_depth(url: str, topology: Topology, service: str, *, has_queue: bool) -> QueueDepth | None:
    """Return the depth of a service's queue, or None when the bus does not answer."""
    if not url:
        return None
    connection = connect(url, patience=TIMEOUT_SECONDS)
    try:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT_SECONDS)
        return _ask(connection, topology, service) if has_queue else QueueDepth()
    except Exception as error:  # noqa: BLE001 - whatever the reason, the depth is unknown
        log.info("queue_depth_unknown", error=repr(error)[:300])
        return None
    finally:
        connection.release()


def _ask(connection: Connection, topology: Topology, service: str) -> QueueDepth:
    counts_consumers = is_amqp(connection)
    try:
        found = connection.channel().queue_declare(topology.queue(service).name, passive=True)
    except connection.channel_errors as error:
        log.info("queue_not_found", error=repr(error)[:300])
        return QueueDepth()
    dead_letters = 0
    if counts_consumers:
        name = topology.dead_letter_queue(service).name
        dead_letters = connection.channel().queue_declare(name, passive=True).message_count
    return QueueDepth(found.message_count, dead_letters, found.consumer_count if counts_consumers else None)
