"""The process that consumes events, publishes this service's own and fires its timers."""

from chassis.worker import Worker
from wellbeing.consumers import consumers
from wellbeing.settings import Settings
from wellbeing.timers import timers


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers, timers)
