"""Sessions and client tokens between rows and the domain."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction
from gateway.domain.account import Account
from gateway.domain.session import Session
from gateway.domain.sign_in_rules import Standing
from gateway.persistence import models


def insert_session(tx: Transaction, session: Session) -> None:
    insert_record(tx, models.LiveToken, session)


def live_sessions(tx: Transaction, subject_id: UUID, now: datetime) -> list[Session]:
    """Return the sessions that could be used now, newest first."""
    query = (
        select(*columns_of(models.LiveToken, Session))
        .where(
            models.LiveToken.subject_id == subject_id,
            models.LiveToken.ended_at.is_(None),
            models.LiveToken.idle_until > now,
            models.LiveToken.expires_at > now,
        )
        .order_by(models.LiveToken.created_at.desc())
    )
    return fetch_all(tx, query, Session)


def end_sessions(
    tx: Transaction,
    subject_id: UUID,
    now: datetime,
    reason: str,
    *,
    only: UUID | None = None,
    except_for: UUID | None = None,
) -> int:
    """End one session of a person or client, or all, or all but one; return how many were live."""
    query = update(models.LiveToken).where(
        models.LiveToken.subject_id == subject_id, models.LiveToken.ended_at.is_(None)
    )
    if only is not None:
        query = query.where(models.LiveToken.id == only)
    if except_for is not None:
        query = query.where(models.LiveToken.id != except_for)
    ended = tx.session.scalars(query.values(ended_at=now, ended_because=reason).returning(models.LiveToken.id))
    return len(ended.all())


def update_sessions(tx: Transaction, account: Account, standing: Standing) -> None:
    """Copy an account's details, and what it may use today, into its open sessions, which authorisation reads."""
    tx.session.execute(
        update(models.LiveToken)
        .where(models.LiveToken.subject_id == account.id, models.LiveToken.ended_at.is_(None))
        .values(
            roles=list(standing.roles),
            name=account.name,
            employee_id=account.person_id,
            unit_id=account.effective_unit_id,
            watched_until=standing.watched_until,
        )
    )


def purge_expired(tx: Transaction, before: datetime, failures_before: datetime) -> int:
    """Delete sessions and codes that expired, and failure counts that ended, before a moment; return how many."""
    deleted = 0
    for table, moment, limit in (
        (models.LiveToken, models.LiveToken.expires_at, before),
        (models.OneTimeCode, models.OneTimeCode.expires_at, before),
        (models.Attempt, models.Attempt.last_at, failures_before),
    ):
        result = tx.session.execute(delete(table).where(moment < limit))
        deleted += getattr(result, "rowcount", 0)
    return deleted
