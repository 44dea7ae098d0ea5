"""The process that hears events, relays this service's own and fires its deadlines."""

from chassis.worker import Worker

from .consumers import consumers
from .settings import Settings
from .timers import timers


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers, timers)
