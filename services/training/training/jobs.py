"""Bulk work of training: imports, and comparing a post's people with a new standard."""

from uuid import UUID

from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction
from training.use_cases import import_catalogue as imports
from training.use_cases.follow_standard import follow_standard
from training.use_cases.set_standard import JOB

jobs = Jobs()


@jobs.on(imports.COURSES)
def import_courses(tx: Transaction, job: Job) -> Step:
    return imports.import_step(tx, job, imports.COURSES, imports.parse_course, imports.save_course)


@jobs.on(imports.ITEMS)
def import_reference_items(tx: Transaction, job: Job) -> Step:
    return imports.import_step(tx, job, imports.ITEMS, imports.parse_item, imports.save_item)


@jobs.on(JOB)
def compare_with_standard(tx: Transaction, job: Job) -> Step:
    after = job.cursor.get("after")
    done, last = follow_standard(tx, job.params["position_code"], UUID(after) if after else None)
    return Step(finished=last is None, processed=done, cursor={"after": str(last)} if last else {})
