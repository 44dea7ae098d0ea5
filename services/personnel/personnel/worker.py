"""The worker: relays this service's events, runs imports, applies planned changes. It subscribes to nothing."""

from chassis.consumers import Consumers
from chassis.worker import Worker
from personnel.jobs import jobs
from personnel.settings import Settings
from personnel.timers import timers

consumers = Consumers("personnel")


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers, timers, jobs)
