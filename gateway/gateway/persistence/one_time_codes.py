"""One-time codes between rows and the domain."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from chassis.records import columns_of, fetch_one, insert_records
from chassis.unit_of_work import Transaction
from gateway.domain.account import Purpose
from gateway.domain.one_time_code import OneTimeCode
from gateway.persistence import models

_COLUMNS = columns_of(models.OneTimeCode, OneTimeCode)


def find_code(tx: Transaction, digest: bytes) -> OneTimeCode | None:
    """Return a code, used or not, or None."""
    return fetch_one(tx, select(*_COLUMNS).where(models.OneTimeCode.digest == digest), OneTimeCode)


def replace_codes(tx: Transaction, codes: Sequence[OneTimeCode]) -> None:
    """Store new codes and delete the unused ones of the same accounts."""
    delete_unused_codes(tx, [code.account_id for code in codes])
    insert_records(tx, models.OneTimeCode, codes)


def delete_unused_codes(tx: Transaction, account_ids: Iterable[UUID]) -> None:
    """Invalidate the codes of these accounts that have not been used."""
    unused = models.OneTimeCode.used_at.is_(None)
    tx.session.execute(delete(models.OneTimeCode).where(models.OneTimeCode.account_id.in_(list(account_ids)), unused))


def use_code(tx: Transaction, digest: bytes, purpose: Purpose, now: datetime) -> bool:
    """Mark a code as used; return False when it cannot be used (any more). Of two at once only one succeeds."""
    taken = (
        update(models.OneTimeCode)
        .where(
            models.OneTimeCode.digest == digest,
            models.OneTimeCode.purpose == purpose,
            models.OneTimeCode.used_at.is_(None),
            models.OneTimeCode.expires_at > now,
        )
        .values(used_at=now)
        .returning(models.OneTimeCode.digest)
    )
    return tx.session.scalar(taken) is not None
