"""Bulk work of this service."""

from chassis.jobs import Job, Jobs, Step
from chassis.unit_of_work import Transaction
from incentive.use_cases.allowance_runs.calculate import calculate_allowance_run
from incentive.use_cases.allowance_runs.start import CALCULATION_JOB
from incentive.use_cases.imports.continue_import import continue_import
from incentive.use_cases.imports.start import IMPORT_JOB

jobs = Jobs()


@jobs.on(CALCULATION_JOB)
def on_calculation(tx: Transaction, job: Job) -> Step:
    return calculate_allowance_run(tx, job)


@jobs.on(IMPORT_JOB)
def on_import(tx: Transaction, job: Job) -> Step:
    return continue_import(tx, job)
