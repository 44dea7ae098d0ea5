"""The worker of the service_name service."""

from chassis.worker import Worker
from service_name.consumers import consumers
from service_name.settings import Settings


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers)
