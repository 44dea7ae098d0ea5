"""Requests for flexible working."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import columns_of, fetch_all, fetch_one, insert_record, keyset, update_record
from chassis.unit_of_work import Transaction
from wellbeing.domain.arrangement import Arrangement
from wellbeing.persistence import models

_COLUMNS = columns_of(models.WorkingArrangement, Arrangement)


def load_arrangement(tx: Transaction, arrangement_id: UUID) -> Arrangement:
    """Return a request, locked. Raise NotFound."""
    query = select(*_COLUMNS).where(models.WorkingArrangement.arrangement_id == arrangement_id).with_for_update()
    found = fetch_one(tx, query, Arrangement)
    if found is None:
        raise NotFound(object="permohonan", id=arrangement_id)
    return found


def list_arrangements(tx: Transaction, employee_ids: Collection[UUID], page: PageRequest) -> Page[Arrangement]:
    """Return the requests of these people, the newest first."""
    query = select(*_COLUMNS).where(models.WorkingArrangement.employee_id.in_(employee_ids))
    query = keyset(query, page, models.WorkingArrangement.arrangement_id, descending=True)
    return page_of(fetch_all(tx, query, Arrangement), page, lambda arrangement: arrangement.arrangement_id)


def insert_arrangement(tx: Transaction, arrangement: Arrangement) -> None:
    insert_record(tx, models.WorkingArrangement, arrangement)


def update_arrangement(tx: Transaction, before: Arrangement, after: Arrangement) -> None:
    update_record(tx, models.WorkingArrangement, before, after)
