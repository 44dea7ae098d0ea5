from chassis.consumers import Consumers
from chassis.settings import BaseSettings
from chassis.worker import Worker


def create_worker(settings: BaseSettings) -> Worker:
    return Worker(settings, consumers=Consumers("origin"))
