"""The worker of the appraisal service."""

from appraisal.consumers import consumers
from appraisal.jobs import jobs
from appraisal.persistence.document_batches import kept_files
from appraisal.settings import Settings
from appraisal.timers import timers
from chassis.worker import Worker


def create_worker(settings: Settings) -> Worker:
    return Worker(settings, consumers, timers, jobs, retention_rules=kept_files(settings.document_files_retention_days))
