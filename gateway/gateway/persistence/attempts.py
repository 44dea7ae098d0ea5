"""Failed sign-ins of names and addresses, counted in the database."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.records import columns_of, fetch_one, values_of
from chassis.unit_of_work import Transaction
from gateway.domain.backoff import PER_ACCOUNT, PER_ADDRESS, Backoff, FailureCount
from gateway.persistence import models


def account_key(name: str) -> bytes:
    return hashlib.sha256(b"account:" + name.encode()).digest()


def address_key(address: str) -> bytes:
    return hashlib.sha256(b"address:" + address.encode()).digest()


def count_attempt(tx: Transaction, name: str, address: str, now: datetime) -> timedelta | None:
    """Count an attempt before it is made, so that parallel attempts gain nothing; return the wait while blocked.

    The caller commits whatever the result of the attempt, and calls `clear_failures` after a success.
    """
    counted = [(address_key(address), PER_ADDRESS)]
    if name:
        counted.insert(0, (account_key(name), PER_ACCOUNT))
    waits = [wait for key, backoff in counted if (wait := _count(tx, key, backoff, now))]
    return max(waits, default=None)


def clear_failures(tx: Transaction, name: str, address: str) -> None:
    """Clear the failures of a name after a success; the address loses only this one attempt."""
    if name:
        tx.session.execute(delete(models.Attempt).where(models.Attempt.key == account_key(name)))
    tx.session.execute(
        update(models.Attempt)
        .where(models.Attempt.key == address_key(address), models.Attempt.failures > 0)
        .values(failures=models.Attempt.failures - 1, blocked_until=None)
    )


def _count(tx: Transaction, key: bytes, backoff: Backoff, now: datetime) -> timedelta | None:
    fresh = insert(models.Attempt).values(key=key, failures=0, last_at=now)
    # an existing row is locked by this very statement: a success elsewhere may be about to delete it
    tx.session.execute(fresh.on_conflict_do_update(index_elements=[models.Attempt.key], set_={"key": key}))
    is_row = models.Attempt.key == key
    before = fetch_one(tx, select(*columns_of(models.Attempt, FailureCount)).where(is_row), FailureCount)
    assert before is not None
    if wait := before.remaining_block(now):
        return wait
    after = before.with_attempt(backoff, now)
    tx.session.execute(update(models.Attempt).where(is_row).values(values_of(models.Attempt, after)))
    return None
