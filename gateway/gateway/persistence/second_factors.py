"""Second factors between rows and the domain."""

from uuid import UUID

from sqlalchemy import delete, select

from chassis.records import columns_of, fetch_one, save_record
from chassis.unit_of_work import Transaction
from gateway.domain.second_factor import SecondFactor
from gateway.persistence import models


def find_second_factor(tx: Transaction, account_id: UUID, *, lock: bool = False) -> SecondFactor | None:
    """Return the second factor of an account, begun or in use, or None."""
    query = select(*columns_of(models.SecondFactor, SecondFactor)).where(models.SecondFactor.account_id == account_id)
    return fetch_one(tx, query.with_for_update() if lock else query, SecondFactor)


def has_second_factor(tx: Transaction, account_id: UUID) -> bool:
    found = find_second_factor(tx, account_id)
    return found is not None and found.is_confirmed


def save_second_factor(tx: Transaction, factor: SecondFactor) -> None:
    save_record(tx, models.SecondFactor, factor)


def delete_second_factor(tx: Transaction, account_id: UUID) -> bool:
    """Delete the second factor of an account; return whether there was one."""
    query = delete(models.SecondFactor).where(models.SecondFactor.account_id == account_id)
    return tx.session.scalar(query.returning(models.SecondFactor.account_id)) is not None
