"""Use case: the status of a service."""

from dataclasses import asdict

from chassis.auth import Principal
from chassis.backlog import read_backlog
from chassis.bus.topology import Topology
from chassis.settings import BaseSettings
from chassis.work import UnitOfWork
from operations.queue_depth import queue_depth
from operations.views import Status


def get_status(work: UnitOfWork, actor: Principal, settings: BaseSettings) -> Status:
    """Return the backlog in the service's tables and the depth of its queue."""
    with work.transaction(actor.agency_id) as tx:
        backlog = read_backlog(tx.session)
    depth = queue_depth(settings.bus_url, Topology(settings.bus_namespace), settings.service)
    ready, dead_letters, consumers = (depth.ready, depth.dead_letters, depth.consumers) if depth else (None, None, None)
    return Status(**asdict(backlog), queue_ready=ready, dead_letters=dead_letters, queue_consumers=consumers)
