"""Dated reference data and holidays of an agency."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Text, cast, delete, extract, select
from sqlalchemy.dialects.postgresql import insert

from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction
from wellbeing.domain.reference import EnterReference, Holiday, Reference, ReferenceKind, in_force
from wellbeing.persistence import models


def current_reference(tx: Transaction, kind: ReferenceKind, day: date) -> Reference:
    """Return the row in force on a day, the agency's own or the default."""
    row = models.ReferenceRow
    version = cast(row.reference_id, Text).label("version")
    query = select(*columns_of(row, Reference), version).where(row.kind == kind).order_by(row.number)
    return in_force(fetch_all(tx, query, Reference), kind, day)


def insert_reference(tx: Transaction, reference_id: UUID, command: EnterReference) -> None:
    insert_record(tx, models.ReferenceRow, command, reference_id=reference_id, recorded_at=tx.now)


def all_holidays(tx: Transaction) -> frozenset[date]:
    return frozenset(tx.session.scalars(select(models.Holiday.day)))


def holidays_of(tx: Transaction, years: Collection[int]) -> list[Holiday]:
    """Return the holidays of these years, by day."""
    day = models.Holiday.day
    query = select(*columns_of(models.Holiday, Holiday)).where(extract("year", day).in_(years)).order_by(day)
    return fetch_all(tx, query, Holiday)


def save_holidays(tx: Transaction, holidays: Sequence[Holiday]) -> None:
    if holidays:
        statement = insert(models.Holiday)
        changed = {"name": statement.excluded.name, "source": statement.excluded.source}
        rows = [{"agency_id": tx.agency_id, **vars(holiday)} for holiday in holidays]
        tx.session.execute(statement.on_conflict_do_update(index_elements=["agency_id", "day"], set_=changed), rows)


def remove_holidays(tx: Transaction, days: Collection[date]) -> None:
    if days:
        tx.session.execute(delete(models.Holiday).where(models.Holiday.day.in_(days)))
