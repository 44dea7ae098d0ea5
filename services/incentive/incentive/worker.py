"""The worker process: handles events, relays its own, runs jobs and timers."""

from chassis.worker import Worker
from incentive.consumers import consumers
from incentive.jobs import jobs
from incentive.settings import Settings
from incentive.timers import timers


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers, timers, jobs)
