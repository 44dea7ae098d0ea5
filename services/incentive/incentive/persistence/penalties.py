"""Discipline penalties between rows and the domain."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from chassis.errors import required
from chassis.records import among, columns_of, fetch_all, fetch_one, insert_record, table_of
from chassis.unit_of_work import Transaction
from incentive.domain.penalty import Penalty
from incentive.persistence import models

_PENALTY = models.DisciplinePenalty
_COLUMNS = columns_of(_PENALTY, Penalty)


def load_penalty(tx: Transaction, penalty_id: UUID) -> Penalty:
    """Return a penalty, locked until the commit. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(_PENALTY.id == penalty_id).with_for_update(), Penalty)
    return required(found, "hukuman disiplin", penalty_id)


def penalties_of(tx: Transaction, employee_id: UUID) -> list[Penalty]:
    """Return a person's penalties in the order of entry."""
    query = select(*_COLUMNS).where(_PENALTY.employee_id == employee_id).order_by(_PENALTY.entered_at)
    return fetch_all(tx, query, Penalty)


def deductions_in(tx: Transaction, ids: Sequence[UUID], month: date) -> list[Penalty]:
    """Return the penalties that take a percentage of these people's allowance in a month."""
    query = select(*_COLUMNS).where(
        among(_PENALTY.employee_id, ids),
        _PENALTY.from_month <= month,
        _PENALTY.to_month >= month,
        _PENALTY.revoked_at.is_(None),
        _PENALTY.percent > 0,
    )
    return fetch_all(tx, query.order_by(_PENALTY.id), Penalty)


def insert_penalty(tx: Transaction, penalty: Penalty) -> None:
    insert_record(tx, _PENALTY, penalty)


def update_revocation(tx: Transaction, penalty: Penalty) -> None:
    """Save the revocation of a penalty that `load_penalty` has locked."""
    table = table_of(_PENALTY)
    tx.session.execute(
        update(table)
        .where(table.c.id == penalty.id)
        .values(
            revoked_by=penalty.revoked_by, revoked_at=penalty.revoked_at, revocation_letter=penalty.revocation_letter
        )
    )
