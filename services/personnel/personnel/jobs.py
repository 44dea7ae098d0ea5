"""Bulk work of this service."""

from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction
from personnel.use_cases.agencies import publish as publish_agencies
from personnel.use_cases.imports.import_employees import import_employees_step
from personnel.use_cases.imports.import_records import import_records_step
from personnel.use_cases.imports.import_units import import_units_step
from personnel.use_cases.imports.start import EMPLOYEES, RECORDS, UNITS
from personnel.use_cases.org_units import carry_out_merger
from personnel.use_cases.org_units import publish_all as publish_all_units
from personnel.use_cases.timelines import repeat
from personnel.use_cases.timelines.publish_all import JOB, publish_all_step

jobs = Jobs()


@jobs.on(UNITS)
def import_units(tx: Transaction, job: Job) -> Step:
    return import_units_step(tx, job)


@jobs.on(EMPLOYEES)
def import_employees(tx: Transaction, job: Job) -> Step:
    return import_employees_step(tx, job)


@jobs.on(RECORDS)
def import_records(tx: Transaction, job: Job) -> Step:
    return import_records_step(tx, job)


@jobs.on(JOB)
def publish_timelines(tx: Transaction, job: Job) -> Step:
    return publish_all_step(tx, job)


@jobs.on(repeat.JOB)
def repeat_timelines(tx: Transaction, job: Job) -> Step:
    return repeat.repeat_timelines_step(tx, job)


@jobs.on(carry_out_merger.JOB)
def carry_out_unit_merger(tx: Transaction, job: Job) -> Step:
    return carry_out_merger.carry_out_merger_step(tx, job)


@jobs.on(publish_all_units.JOB)
def publish_unit_timelines(tx: Transaction, job: Job) -> Step:
    return publish_all_units.publish_all_units_step(tx, job)


@jobs.on(publish_agencies.JOB)
def publish_agency(tx: Transaction, job: Job) -> Step:
    return publish_agencies.publish_agency_step(tx, job)
