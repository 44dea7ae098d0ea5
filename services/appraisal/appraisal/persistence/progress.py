"""The daily log between rows and the domain."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from appraisal.domain.explanation import RealisationView
from appraisal.domain.periods import Period
from appraisal.domain.progress import ListProgress, ProgressEntry
from appraisal.persistence import models
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_page, insert_record, matching
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


def realisation_until(
    tx: Transaction, employee_id: UUID, period: Period, moment: datetime
) -> tuple[RealisationView, ...]:
    """Sum the log of a period as it stood at a moment, by work result."""
    progress = models.Progress
    sums: list[ColumnElement[Any]] = [
        func.count().label("entries"),
        func.sum(progress.quantity).label("quantity"),
        func.count(progress.evidence_link).label("evidence_links"),
    ]
    query = select(progress.work_result_id, *sums).where(
        progress.employee_id == employee_id,
        progress.day.between(period.first_day, period.last_day),
        progress.recorded_at <= moment,
    )
    query = query.group_by(progress.work_result_id).order_by(progress.work_result_id)
    return tuple(fetch_all(tx, query, RealisationView))
