"""Bulk work of this service."""

from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction
from gateway.use_cases.people.follow_all import JOB, follow_all_step

jobs = Jobs()


@jobs.on(JOB)
def follow_all(tx: Transaction, job: Job) -> Step:
    return follow_all_step(tx, job)
