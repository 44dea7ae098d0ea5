"""Bulk work of appraisal: opening a year, moving deadlines by an outage, and making documents of many evaluations."""

from appraisal.use_cases.documents.ask_for_many import JOB as MAKE_DOCUMENTS
from appraisal.use_cases.documents.make_many import make_documents_step
from appraisal.use_cases.obligations.open_year import JOB as OPEN_OBLIGATIONS
from appraisal.use_cases.obligations.open_year import open_year_step
from appraisal.use_cases.outages.move import JOB as MOVE_DEADLINES
from appraisal.use_cases.outages.move import move_deadlines_step
from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction

jobs = Jobs()


@jobs.on(OPEN_OBLIGATIONS)
def open_obligations(tx: Transaction, job: Job) -> Step:
    return open_year_step(tx, job)


@jobs.on(MOVE_DEADLINES)
def move_deadlines(tx: Transaction, job: Job) -> Step:
    return move_deadlines_step(tx, job)


@jobs.on(MAKE_DOCUMENTS)
def make_documents(tx: Transaction, job: Job) -> Step:
    return make_documents_step(tx, job)
