"""The daily log between rows and the domain."""

from sqlalchemy import select

from appraisal.domain.progress import ListProgress, ProgressEntry
from appraisal.persistence import models
from chassis.pagination import Page
from chassis.records import columns_of, fetch_page, insert_record, matching
from chassis.unit_of_work import Transaction

_COLUMNS = columns_of(models.Progress, ProgressEntry)


def insert_progress(tx: Transaction, entry: ProgressEntry) -> None:
    insert_record(tx, models.Progress, entry)


def list_progress(tx: Transaction, wanted: ListProgress) -> Page[ProgressEntry]:
    """Return the log of a plan by id, which is the order of recording."""
    progress = models.Progress
    query = matching(select(*_COLUMNS), progress, wanted)
    if wanted.since is not None:
        query = query.where(progress.day >= wanted.since)
    if wanted.until is not None:
        query = query.where(progress.day <= wanted.until)
    return fetch_page(tx, query, ProgressEntry, wanted.page, progress.id)
