"""Sessions and client tokens that are alive."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from gateway.persistence.models import Account, Attempt, LiveToken, OneTimeCode


def living(session: Session, subject_id: UUID, now: datetime) -> list[LiveToken]:
    """The sessions that somebody could use now, newest first."""
    query = (
        select(LiveToken)
        .where(
            LiveToken.subject_id == subject_id,
            LiveToken.ended_at.is_(None),
            LiveToken.idle_until > now,
            LiveToken.expires_at > now,
        )
        .order_by(LiveToken.created_at.desc())
    )
    return list(session.scalars(query))


def end(
    session: Session,
    subject_id: UUID,
    now: datetime,
    because: str,
    *,
    only: UUID | None = None,
    keep: UUID | None = None,
) -> int:
    """End sessions of somebody: one, or all, or all but one; gives how many were alive."""
    statement = update(LiveToken).where(LiveToken.subject_id == subject_id, LiveToken.ended_at.is_(None))
    if only is not None:
        statement = statement.where(LiveToken.id == only)
    if keep is not None:
        statement = statement.where(LiveToken.id != keep)
    ended = session.scalars(statement.values(ended_at=now, ended_because=because).returning(LiveToken.id))
    return len(ended.all())


def follow_account(session: Session, account: Account, roles: list[str]) -> None:
    """Let the open sessions of an account say what the account says now."""
    session.execute(
        update(LiveToken)
        .where(LiveToken.subject_id == account.id, LiveToken.ended_at.is_(None))
        .values(roles=roles, name=account.name, employee_id=account.employee_id, unit_id=account.unit_id)
    )


def purge(session: Session, before: datetime) -> int:
    """Forget sessions, codes and attempts that have been of no use since a moment; gives how many."""
    gone = 0
    for table, moment in (
        (LiveToken, LiveToken.expires_at),
        (OneTimeCode, OneTimeCode.expires_at),
        (Attempt, Attempt.last_at),
    ):
        result = session.execute(delete(table).where(moment < before))
        gone += getattr(result, "rowcount", 0)
    return gone
