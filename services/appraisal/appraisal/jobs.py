"""Bulk work of appraisal: a year's obligations, moved deadlines, anomalies, reminders, documents, an upgrade."""

from appraisal.use_cases.anomalies.search import JOB as SEARCH_ANOMALIES
from appraisal.use_cases.anomalies.search import search_step
from appraisal.use_cases.documents.ask_for_many import JOB as MAKE_DOCUMENTS
from appraisal.use_cases.documents.make_many import make_documents_step
from appraisal.use_cases.follow_ups.catch_up import JOB as CATCH_UP_FOLLOW_UPS
from appraisal.use_cases.follow_ups.catch_up import catch_up_step
from appraisal.use_cases.obligations.open_year import JOB as OPEN_OBLIGATIONS
from appraisal.use_cases.obligations.open_year import open_year_step
from appraisal.use_cases.obligations.remind import JOB as REMIND_PEOPLE
from appraisal.use_cases.obligations.remind import remind_people_step
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


@jobs.on(SEARCH_ANOMALIES)
def search_anomalies(tx: Transaction, job: Job) -> Step:
    return search_step(tx, job)


@jobs.on(REMIND_PEOPLE)
def remind_people(tx: Transaction, job: Job) -> Step:
    return remind_people_step(tx, job)


@jobs.on(CATCH_UP_FOLLOW_UPS)
def catch_up_follow_ups(tx: Transaction, job: Job) -> Step:
    return catch_up_step(tx, job)


@jobs.on(MAKE_DOCUMENTS)
def make_documents(tx: Transaction, job: Job) -> Step:
    return make_documents_step(tx, job)
