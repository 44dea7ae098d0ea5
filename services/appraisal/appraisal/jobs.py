"""Bulk work of appraisal: opening everybody's obligations of a year."""

from appraisal.use_cases.obligations.open_year import JOB, open_year_step
from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction

jobs = Jobs()


@jobs.on(JOB)
def open_obligations(tx: Transaction, job: Job) -> Step:
    return open_year_step(tx, job)
