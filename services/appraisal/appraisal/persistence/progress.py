"""The daily log between rows and the domain."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from appraisal.domain.explanation import RealisationView
from appraisal.domain.periods import Period
from appraisal.domain.progress import ProgressEntry
from appraisal.persistence import models
from chassis.pagination import Page, PageRequest, keyset, page_of
from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction

_COLUMNS = columns_of(models.Progress, ProgressEntry)


def insert_progress(tx: Transaction, entry: ProgressEntry) -> None:
    insert_record(tx, models.Progress, entry)


def list_progress(
    tx: Transaction,
    page: PageRequest,
    plan_id: UUID,
    *,
    work_result_id: UUID | None,
    since: date | None,
    until: date | None,
) -> Page[ProgressEntry]:
    """Return the log of a plan by id, which is the order of recording."""
    progress = models.Progress
    query = select(*_COLUMNS).where(progress.plan_id == plan_id)
    if work_result_id is not None:
        query = query.where(progress.work_result_id == work_result_id)
    if since is not None:
        query = query.where(progress.day >= since)
    if until is not None:
        query = query.where(progress.day <= until)
    return page_of(fetch_all(tx, keyset(query, page, progress.id), ProgressEntry), page, lambda entry: entry.id)


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
