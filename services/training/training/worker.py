"""The worker process: consumes events, fires timers, runs jobs."""

from chassis.worker import Worker
from training.consumers import consumers
from training.jobs import jobs
from training.settings import Settings
from training.timers import timers


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers, timers, jobs)
