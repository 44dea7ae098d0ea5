"""Open a session for an account that has just proved itself."""

import secrets
from datetime import timedelta
from uuid import UUID

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from gateway.crypto import digest, new_secret
from gateway.domain.people import OpenedSession, Visitor
from gateway.domain.roles import MUST_CHANGE
from gateway.house import House
from gateway.persistence.accounts import view_of
from gateway.persistence.models import Account, LiveToken


def open_session(tx: Transaction, house: House, account: Account, visitor: Visitor) -> OpenedSession:
    """Make a session; only its digest is stored."""
    now = house.now()
    token = new_secret("s")
    row = LiveToken(
        id=new_id(),
        agency_id=account.agency_id,
        digest=digest(token),
        kind="person",
        subject_id=account.id,
        name=account.name,
        employee_id=account.employee_id,
        unit_id=account.unit_id,
        roles=effective_roles(account),
        csrf_token=secrets.token_urlsafe(24),
        created_at=now,
        last_seen_at=now,
        idle_until=now + house.lifetimes.idle,
        expires_at=now + house.lifetimes.longest,
        ended_at=None,
        ended_because=None,
        address=visitor.address[:64],
        agent=visitor.agent[:200],
    )
    tx.session.add(row)
    tx.session.flush()
    return OpenedSession(
        session_id=row.id,
        token=token,
        csrf_token=row.csrf_token,
        idle_until=row.idle_until,
        expires_at=row.expires_at,
        account=view_of(account),
    )


def effective_roles(account: Account) -> list[str]:
    """What the account may do now: nothing but changing the password while that is due."""
    return [MUST_CHANGE] if account.must_change_password else list(account.roles)


def token_for_client(
    client_id: UUID, agency_id: str, name: str, roles: list[str], house: House, visitor: Visitor, lifetime: timedelta
) -> tuple[str, LiveToken]:
    """Make a token of an API client: it has no idle limit but its lifetime."""
    now = house.now()
    token = new_secret("c")
    row = LiveToken(
        id=new_id(),
        agency_id=agency_id,
        digest=digest(token),
        kind="client",
        subject_id=client_id,
        name=name,
        employee_id=None,
        unit_id=None,
        roles=list(roles),
        csrf_token="",
        created_at=now,
        last_seen_at=now,
        idle_until=now + lifetime,
        expires_at=now + lifetime,
        ended_at=None,
        ended_because=None,
        address=visitor.address[:64],
        agent=visitor.agent[:200],
    )
    return token, row
