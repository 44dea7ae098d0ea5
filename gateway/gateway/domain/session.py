"""A session of a person or a token of an API client: what it is good for, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from gateway.domain.account import Account
from gateway.domain.account_views import AccountView
from gateway.domain.client import ApiClient
from gateway.domain.client_info import ClientInfo
from gateway.domain.sign_in_rules import Standing

LONGEST_ADDRESS, LONGEST_AGENT = 64, 200


@dataclass(frozen=True)
class NewToken:
    """The random parts of a new session or client token; only the token's digest is stored."""

    id: UUID
    digest: bytes
    csrf_token: str = ""


@dataclass(frozen=True)
class Session:
    """Holds the claims of the internal token, so that authorising a request is one look-up by the digest."""

    id: UUID
    agency_id: str
    digest: bytes
    kind: Literal["person", "client"]
    subject_id: UUID
    name: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    csrf_token: str
    created_at: datetime
    last_seen_at: datetime
    idle_until: datetime
    expires_at: datetime
    address: str
    agent: str
    watched_until: datetime | None = None

    @classmethod
    def of_person(
        cls,
        new: NewToken,
        account: Account,
        standing: Standing,
        origin: ClientInfo,
        now: datetime,
        *,
        idle: timedelta,
        longest: timedelta,
    ) -> "Session":
        """Return a session with the roles that the account may use today."""
        return cls(
            id=new.id,
            agency_id=account.agency_id,
            digest=new.digest,
            kind="person",
            subject_id=account.id,
            name=account.name,
            # services know an official from outside by the same field as an employee
            employee_id=account.person_id,
            unit_id=account.effective_unit_id,
            roles=standing.roles,
            csrf_token=new.csrf_token,
            created_at=now,
            last_seen_at=now,
            idle_until=now + idle,
            expires_at=now + longest,
            address=origin.address[:LONGEST_ADDRESS],
            agent=origin.agent[:LONGEST_AGENT],
            watched_until=standing.watched_until,
        )

    @classmethod
    def of_client(
        cls, new: NewToken, client: ApiClient, origin: ClientInfo, now: datetime, lifetime: timedelta
    ) -> "Session":
        """Return a client's token: it has no idle limit but its lifetime."""
        return cls(
            id=new.id,
            agency_id=client.agency_id,
            digest=new.digest,
            kind="client",
            subject_id=client.id,
            name=client.name,
            employee_id=None,
            unit_id=None,
            roles=client.roles,
            csrf_token=new.csrf_token,
            created_at=now,
            last_seen_at=now,
            idle_until=now + lifetime,
            expires_at=now + lifetime,
            address=origin.address[:LONGEST_ADDRESS],
            agent=origin.agent[:LONGEST_AGENT],
        )


@dataclass(frozen=True)
class TokenClaims:
    """What authorising a request needs of a session."""

    id: UUID
    kind: Literal["person", "client"]
    subject_id: UUID
    agency_id: str
    name: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    csrf_token: str
    last_seen_at: datetime
    watched_until: datetime | None = None

    def is_watched(self, now: datetime) -> bool:
        return self.watched_until is not None and self.watched_until > now


@dataclass(frozen=True)
class OpenedSessionView:
    """The answer to a right password or code. The token is shown this once and stored nowhere."""

    session_id: UUID
    token: Annotated[str, Meta(description="opaque; send it as Authorization: Bearer")]
    csrf_token: Annotated[str, Meta(description="send it as X-CSRF-Token where the cookie is used without Origin")]
    idle_until: datetime
    expires_at: datetime
    account: AccountView
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the type, not a token

    @classmethod
    def of(cls, session: Session, account: Account, token: str) -> "OpenedSessionView":
        return cls(
            session_id=session.id,
            token=token,
            csrf_token=session.csrf_token,
            idle_until=session.idle_until,
            expires_at=session.expires_at,
            account=AccountView.of(account),
        )


@dataclass(frozen=True)
class SessionView:
    session_id: UUID
    created_at: datetime
    last_seen_at: datetime
    idle_until: datetime
    expires_at: datetime
    address: str
    agent: str
    current: bool

    @classmethod
    def of(cls, session: Session, current: UUID | None) -> "SessionView":
        return view_of(cls, session, session_id=session.id, current=session.id == current)


@dataclass(frozen=True)
class EndedSessionsView:
    ended: int
