"""Asking the bus how much waits there for one service. An answer for the operator's eye; nothing depends on it."""

from dataclasses import dataclass

from chassis.bus.topology import Topology, connect, is_amqp
from chassis.observability.logging import get_logger

log = get_logger()
PATIENCE_SECONDS = 3.0


@dataclass(frozen=True)
class Depth:
    """Messages ready in a service's queue and in the dead queue beside it, and how many processes read the queue."""

    waiting: int
    dead: int
    readers: int | None


def depth_of(url: str, topology: Topology, service: str) -> Depth | None:
    """What waits on the bus for a service; None when it cannot be asked, or has no queue of this service."""
    if not url:
        return None
    connection = connect(url)
    try:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE_SECONDS)
        has_readers = is_amqp(connection)
        found = connection.channel().queue_declare(topology.queue(service).name, passive=True)
        dead = 0
        if has_readers:
            dead = connection.channel().queue_declare(topology.dead_queue(service).name, passive=True).message_count
        return Depth(found.message_count, dead, found.consumer_count if has_readers else None)
    except Exception as error:  # noqa: BLE001 - whatever the reason, it cannot be asked
        log.info("bus_not_asked", error=repr(error)[:300])
        return None
    finally:
        connection.release()
