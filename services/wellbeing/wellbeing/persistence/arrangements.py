"""Requests for flexible working."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, update_record
from chassis.unit_of_work import Transaction
from wellbeing.domain.arrangement import Arrangement
from wellbeing.persistence import models

_COLUMNS = columns_of(models.WorkingArrangement, Arrangement)


def load_arrangement(tx: Transaction, arrangement_id: UUID) -> Arrangement:
    """Return a request, locked. Raise NotFound."""
    query = select(*_COLUMNS).where(models.WorkingArrangement.arrangement_id == arrangement_id).with_for_update()
    return required(fetch_one(tx, query, Arrangement), "permohonan", arrangement_id)


def list_arrangements(tx: Transaction, employee_ids: Collection[UUID], page: PageRequest) -> Page[Arrangement]:
    """Return the requests of these people, the newest first."""
    query = select(*_COLUMNS).where(models.WorkingArrangement.employee_id.in_(employee_ids))
    return fetch_page(tx, query, Arrangement, page, models.WorkingArrangement.arrangement_id, descending=True)


def insert_arrangement(tx: Transaction, arrangement: Arrangement) -> None:
    insert_record(tx, models.WorkingArrangement, arrangement)


def update_arrangement(tx: Transaction, before: Arrangement, after: Arrangement) -> None:
    update_record(tx, models.WorkingArrangement, before, after)
