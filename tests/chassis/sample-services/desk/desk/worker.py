from chassis.settings import BaseSettings
from chassis.worker import Worker
from desk.core import consumers, jobs, timers


def create_worker(settings: BaseSettings) -> Worker:
    return Worker(settings, consumers=consumers, timers=timers, jobs=jobs)
