"""Publish an agency once more: a former release published it without its highest job class."""

from chassis import outbox
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.events import AgencyChanged
from personnel.persistence.agencies import load_agency, update_agency

JOB = "publish_agency"


def publish_agency_step(tx: Transaction, _job: Job) -> Step:
    """Raise the version, or who has the former event would take this one for a repeat."""
    before = load_agency(tx, tx.agency_id, lock=True)
    update_agency(tx, before, before)
    outbox.record(tx, AgencyChanged.of(load_agency(tx, tx.agency_id)))
    return Step(finished=True, processed=1)
