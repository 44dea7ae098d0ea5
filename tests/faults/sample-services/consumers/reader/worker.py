from chassis.settings import BaseSettings
from chassis.worker import Worker
from reader.core import consumers


def create_worker(settings: BaseSettings) -> Worker:
    return Worker(settings, consumers=consumers)
