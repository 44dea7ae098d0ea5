"""Failed sign-ins, counted in the database under digests of names, addresses and devices."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.records import among, columns_of, fetch_one, values_of
from chassis.unit_of_work import Transaction
from gateway.domain.backoff import PER_FACTOR, PER_SOURCE, Attempted, Backoff, FactorTried, FailureCount
from gateway.persistence import models


def key_of(counted: str) -> bytes:
    return hashlib.sha256(counted.encode()).digest()


def count_attempt(tx: Transaction, attempted: Attempted | FactorTried, now: datetime) -> timedelta | None:
    """Count an attempt before it is made, so that parallel attempts gain nothing; return the wait while blocked.

    The caller commits whatever the result of the attempt, and calls `clear_failures` after a success.
    """
    for counted, backoff in attempted.counted():
        if wait := _count(tx, key_of(counted), backoff, now):
            return wait
    return None


def clear_failures(tx: Transaction, attempted: Attempted | FactorTried) -> None:
    """Clear the failures of a name at its source, or of a factor, after a success; of what is shared only this one."""
    for counted, backoff in attempted.counted():
        if backoff in (PER_SOURCE, PER_FACTOR):
            tx.session.execute(delete(models.Attempt).where(models.Attempt.key == key_of(counted)))
        else:
            tx.session.execute(
                update(models.Attempt)
                .where(models.Attempt.key == key_of(counted), models.Attempt.failures > 0)
                .values(failures=models.Attempt.failures - 1, blocked_until=None)
            )


def has_signed_in_from(tx: Transaction, subjects: Collection[UUID], address: str) -> bool:
    """Return whether one of these accounts or clients has had a session from an address, as far as they are kept."""
    token = models.LiveToken
    query = select(token.id).where(among(token.subject_id, subjects), token.address == address)
    return tx.session.scalar(query.limit(1)) is not None


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
