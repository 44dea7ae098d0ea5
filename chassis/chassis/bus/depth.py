"""Asking the bus how much waits there for one service. An answer for the operator's eye; nothing depends on it."""

from dataclasses import dataclass

from kombu import Connection

from chassis.bus.topology import Topology, connect, is_amqp
from chassis.observability.logging import get_logger

log = get_logger()
PATIENCE_SECONDS = 3.0


@dataclass(frozen=True)
class Depth:
    """Messages ready in a service's queue and in the dead queue beside it, and how many processes read the queue.

    All are None when the bus answers but has no queue of the service.
    """

    waiting: int | None = None
    dead: int | None = None
    readers: int | None = None


def depth_of(url: str, topology: Topology, service: str, *, has_queue: bool) -> Depth | None:
    """Return what waits on the bus for a service, or None when the bus does not answer."""
    if not url:
        return None
    connection = connect(url)
    try:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE_SECONDS)
        return _queue_depth(connection, topology, service) if has_queue else Depth()
    except Exception as error:  # noqa: BLE001 - whatever the reason, it cannot be asked
        log.info("bus_not_asked", error=repr(error)[:300])
        return None
    finally:
        connection.release()


def _queue_depth(connection: Connection, topology: Topology, service: str) -> Depth:
    has_readers = is_amqp(connection)
    try:
        found = connection.channel().queue_declare(topology.queue(service).name, passive=True)
    except connection.channel_errors as error:
        log.info("queue_not_found", error=repr(error)[:300])
        return Depth()
    dead = 0
    if has_readers:
        dead = connection.channel().queue_declare(topology.dead_queue(service).name, passive=True).message_count
    return Depth(found.message_count, dead, found.consumer_count if has_readers else None)
