"""Runs of the allowance between rows and the domain."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, text

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from incentive.domain.allowance_run import AllowanceRun
from incentive.persistence import models

_RUN = models.AllowanceRun
_COLUMNS = columns_of(_RUN, AllowanceRun)
# Text because the table of jobs is the chassis', which has no model of it.
_FAILED = text("SELECT 1 FROM job WHERE agency_id = :agency AND id = :id AND status = 'FAILED'")


def load_run(tx: Transaction, run_id: UUID, *, lock: bool = False) -> AllowanceRun:
    """Return a run, locked until the commit if wished. Raise NotFound."""
    query = select(*_COLUMNS).where(_RUN.id == run_id)
    found = fetch_one(tx, query.with_for_update() if lock else query, AllowanceRun)
    return required(found, "perhitungan tukin", run_id)


def run_of_month(tx: Transaction, month: date) -> AllowanceRun | None:
    """Return the run of a month, locked until the commit."""
    return fetch_one(tx, select(*_COLUMNS).where(_RUN.month == month).with_for_update(), AllowanceRun)


def list_runs(tx: Transaction, page: PageRequest) -> Page[AllowanceRun]:
    """Return the agency's runs, the newest month first."""
    return fetch_page(tx, select(*_COLUMNS), AllowanceRun, page, _RUN.month, descending=True)


def insert_run(tx: Transaction, run: AllowanceRun) -> None:
    insert_record(tx, _RUN, run)


def update_run(tx: Transaction, before: AllowanceRun, after: AllowanceRun) -> None:
    """Save a move. Raise VersionConflict when somebody else made one meanwhile."""
    update_record(tx, _RUN, before, after)


def job_failed(tx: Transaction, run: AllowanceRun) -> bool:
    """Return whether the run's job was given up after its last attempt."""
    return tx.session.execute(_FAILED, {"id": run.job_id, "agency": tx.agency_id}).first() is not None
