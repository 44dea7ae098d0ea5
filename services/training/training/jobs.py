"""Bulk work of training: imports, and comparing people with a new standard or in a new post."""

from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction
from training.use_cases.directory.follow_timelines import JOB as FOLLOW_TIMELINES
from training.use_cases.directory.follow_timelines import follow_day_step
from training.use_cases.imports.import_rows import import_courses_step, import_reference_items_step
from training.use_cases.imports.start import COURSES, ITEMS
from training.use_cases.standards.compare_post import compare_post_step
from training.use_cases.standards.set import JOB

jobs = Jobs()


@jobs.on(COURSES)
def import_courses(tx: Transaction, job: Job) -> Step:
    return import_courses_step(tx, job)


@jobs.on(ITEMS)
def import_reference_items(tx: Transaction, job: Job) -> Step:
    return import_reference_items_step(tx, job)


@jobs.on(JOB)
def compare_post(tx: Transaction, job: Job) -> Step:
    return compare_post_step(tx, job)


@jobs.on(FOLLOW_TIMELINES)
def follow_timelines(tx: Transaction, job: Job) -> Step:
    return follow_day_step(tx, job)
