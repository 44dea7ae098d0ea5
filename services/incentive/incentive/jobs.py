"""Bulk work of this service."""

from chassis.jobs import Jobs
from incentive.use_cases.continue_allowance_run import continue_allowance_run
from incentive.use_cases.continue_import import continue_import
from incentive.use_cases.start_allowance_run import JOB
from incentive.use_cases.start_import import IMPORT_JOB

jobs = Jobs()
jobs.on(JOB)(continue_allowance_run)
jobs.on(IMPORT_JOB)(continue_import)
