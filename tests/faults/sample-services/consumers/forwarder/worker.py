from dataclasses import replace

from chassis.settings import BaseSettings
from chassis.worker import Worker
from forwarder.core import consumers


def create_worker(settings: BaseSettings) -> Worker:
    worker = Worker(settings, consumers=consumers)
    worker.inbox = replace(worker.inbox, back_off=(0.2, 0.3, 0.4, 0.5))
    return worker
