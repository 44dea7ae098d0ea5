"""Bulk work of appraisal: deadlines that an outage moves."""

from appraisal.use_cases.outages.move import JOB as MOVE_DEADLINES
from appraisal.use_cases.outages.move import move_deadlines_step
from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction

jobs = Jobs()


@jobs.on(MOVE_DEADLINES)
def move_deadlines(tx: Transaction, job: Job) -> Step:
    return move_deadlines_step(tx, job)
