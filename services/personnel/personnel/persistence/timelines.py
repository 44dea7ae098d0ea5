"""The timelines as they were published last."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, text

from chassis.records import among, columns_of, fetch_all, values_of
from chassis.unit_of_work import Transaction
from personnel.domain.timeline import PublishedTimeline
from personnel.persistence import models
from personnel.persistence.bulk import insert_many, update_many

_COLUMNS = columns_of(models.PublishedTimeline, PublishedTimeline)
# The triggers that publish what the former release records leave such a transaction alone.
_WILL_PUBLISH = text("SELECT set_config('app.publishes_timelines', 'on', true)")


def published_timelines(tx: Transaction, employee_ids: Sequence[UUID]) -> dict[UUID, PublishedTimeline]:
    """Return what was published last of these people; whoever has had no timeline yet is left out."""
    query = select(*_COLUMNS).where(among(models.PublishedTimeline.employee_id, employee_ids))
    return {one.employee_id: one for one in fetch_all(tx, query, PublishedTimeline)}


def timelines_after(tx: Transaction, after: UUID | None, *, limit: int) -> list[PublishedTimeline]:
    """Return what was published last of people, by id."""
    query = select(*_COLUMNS).order_by(models.PublishedTimeline.employee_id).limit(limit)
    if after is not None:
        query = query.where(models.PublishedTimeline.employee_id > after)
    return fetch_all(tx, query, PublishedTimeline)


def service_starts(tx: Transaction, employee_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return the first day of service of these people, by id."""
    query = select(models.Employee.id, models.Employee.service_start).where(among(models.Employee.id, employee_ids))
    return dict(tx.session.execute(query.order_by(models.Employee.id)).all())


def save_timelines(tx: Transaction, published: Sequence[PublishedTimeline]) -> None:
    """Remember what is published, in two statements; version 1 is the first."""
    rows: list[dict[str, Any]] = [
        {**values_of(models.PublishedTimeline, one), "agency_id": tx.agency_id} for one in published
    ]
    insert_many(tx, models.PublishedTimeline, [row for row in rows if row["version"] == 1])
    update_many(tx, models.PublishedTimeline, "employee_id", [row for row in rows if row["version"] > 1])


def lock_without_timeline(tx: Transaction, *, after: UUID | None, limit: int) -> list[UUID]:
    """Return people of whom no timeline was published yet, by id, locked until the commit."""
    employee, published = models.Employee, models.PublishedTimeline
    query = select(employee.id).where(~exists().where(published.employee_id == employee.id))
    if after is not None:
        query = query.where(employee.id > after)
    return list(tx.session.scalars(query.order_by(employee.id).limit(limit).with_for_update(of=employee)))


def announce_timelines(tx: Transaction) -> None:
    """Say that what this transaction records is published by its own job."""
    tx.session.execute(_WILL_PUBLISH)
