"""The worker of the appraisal service."""

from appraisal.consumers import consumers
from appraisal.jobs import jobs
from appraisal.settings import Settings
from appraisal.timers import timers
from chassis.worker import Worker


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers, timers, jobs)
