"""Circumstances between rows and the domain."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, update

from chassis.errors import required
from chassis.records import among, columns_of, fetch_all, fetch_one, insert_record, table_of
from chassis.unit_of_work import Transaction
from incentive.domain.circumstance import Circumstance
from incentive.persistence import models

_CIRCUMSTANCE = models.Circumstance
_COLUMNS = columns_of(_CIRCUMSTANCE, Circumstance)


def load_circumstance(tx: Transaction, circumstance_id: UUID) -> Circumstance:
    """Return a circumstance, locked until the commit. Raise NotFound."""
    query = select(*_COLUMNS).where(_CIRCUMSTANCE.id == circumstance_id).with_for_update()
    return required(fetch_one(tx, query, Circumstance), "keadaan pegawai", circumstance_id)


def circumstances_of(tx: Transaction, employee_id: UUID) -> list[Circumstance]:
    """Return a person's circumstances in the order of entry."""
    query = select(*_COLUMNS).where(_CIRCUMSTANCE.employee_id == employee_id)
    return fetch_all(tx, query.order_by(_CIRCUMSTANCE.entered_at), Circumstance)


def circumstances_in(tx: Transaction, ids: Sequence[UUID], month: date) -> list[Circumstance]:
    """Return the circumstances of these people that count in a month."""
    query = select(*_COLUMNS).where(
        among(_CIRCUMSTANCE.employee_id, ids),
        _CIRCUMSTANCE.from_month <= month,
        or_(_CIRCUMSTANCE.to_month.is_(None), _CIRCUMSTANCE.to_month >= month),
        _CIRCUMSTANCE.voided_at.is_(None),
    )
    return fetch_all(tx, query.order_by(_CIRCUMSTANCE.entered_at), Circumstance)


def insert_circumstance(tx: Transaction, circumstance: Circumstance) -> None:
    insert_record(tx, _CIRCUMSTANCE, circumstance)


def update_voiding(tx: Transaction, circumstance: Circumstance) -> None:
    """Save the voiding of a circumstance that `load_circumstance` has locked."""
    table = table_of(_CIRCUMSTANCE)
    changes = {"voided_by": circumstance.voided_by, "voided_at": circumstance.voided_at}
    tx.session.execute(update(table).where(table.c.id == circumstance.id).values(changes))
