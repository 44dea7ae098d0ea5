"""Bulk work of this service."""

from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction
from notification.use_cases.event_types.announce import JOB, announce_ending_types_step

jobs = Jobs()


@jobs.on(JOB)
def announce_ending_types(tx: Transaction, job: Job) -> Step:
    return announce_ending_types_step(tx, job)
