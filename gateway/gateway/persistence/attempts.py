"""Failures at the door, counted in the database."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.domain.backoff import PER_ACCOUNT, PER_ADDRESS, Backoff
from gateway.persistence.models import Attempt


def account_key(name: str) -> bytes:
    return hashlib.sha256(b"account:" + name.encode()).digest()


def address_key(address: str) -> bytes:
    return hashlib.sha256(b"address:" + address.encode()).digest()


def knock(session: Session, name: str, address: str, now: datetime) -> timedelta | None:
    """Count an attempt before it is made, so that many at once gain nothing; gives the wait when it must not be made.

    The caller commits whatever comes of the attempt, and calls `forgive` when it was right.
    """
    doors = [(address_key(address), PER_ADDRESS)]
    if name:
        doors.insert(0, (account_key(name), PER_ACCOUNT))
    waits = [wait for key, backoff in doors if (wait := _count(session, key, backoff, now))]
    return max(waits, default=None)


def forgive(session: Session, name: str, address: str) -> None:
    """Forget the failures of a name after success; the address loses only this one attempt."""
    if name:
        session.execute(delete(Attempt).where(Attempt.key == account_key(name)))
    session.execute(
        update(Attempt)
        .where(Attempt.key == address_key(address), Attempt.failures > 0)
        .values(failures=Attempt.failures - 1, blocked_until=None)
    )


def _count(session: Session, key: bytes, backoff: Backoff, now: datetime) -> timedelta | None:
    fresh = insert(Attempt).values(key=key, failures=0, last_at=now)
    # a row that is there is locked by this very statement: a success elsewhere may be about to delete it
    session.execute(fresh.on_conflict_do_update(index_elements=[Attempt.key], set_={"key": key}))
    row = session.get(Attempt, key, with_for_update=True, populate_existing=True)
    assert row is not None
    if row.blocked_until is not None and row.blocked_until > now:
        return row.blocked_until - now
    row.failures = 1 if row.last_at < now - backoff.forget else row.failures + 1
    row.last_at = now
    wait = backoff.wait(row.failures)
    row.blocked_until = now + wait if wait else None
    session.flush()
    return None
