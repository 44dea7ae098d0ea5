"""Use case: the status of a service."""

from dataclasses import asdict

from chassis.auth import Principal
from chassis.backlog import read_backlog
from chassis.bus.topology import Topology
from chassis.settings import BaseSettings
from chassis.unit_of_work import UnitOfWork
from operations.queue_depth import QueueDepth, queue_depth
from operations.views import StatusView


def get_status(work: UnitOfWork, actor: Principal, settings: BaseSettings) -> StatusView:
    """Return the backlog in the service's tables and the depth of its queue."""
    with work.transaction(actor.agency_id) as tx:
        backlog = read_backlog(tx.session)
    subscribes = bool(work.contracts.subscriptions(settings.service))
    depth = queue_depth(settings.bus_url, Topology(settings.bus_namespace), settings.service, has_queue=subscribes)
    known = depth or QueueDepth()
    return StatusView(
        **asdict(backlog),
        bus_answers=depth is not None,
        queue_ready=known.ready,
        dead_letters=known.dead_letters,
        queue_consumers=known.consumers,
    )
