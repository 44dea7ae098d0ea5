"""The tables of identity.

`account` and `api_client` show an agency its own rows only, like every business table. The others are read before the
agency is known; the transaction then belongs to the system tenant (`gateway.domain.system_tenant`).
"""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import agency_column, make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


class Account(Base):
    """A person who may sign in. Without a password until the activation code has been used."""

    __tablename__ = "account"
    __table_args__ = (
        Index("uq_account_employee", "agency_id", "employee_id", unique=True, postgresql_where="closed_at IS NULL"),
        Index("ix_account_agency_username", "agency_id", "username"),
        CheckConstraint("closed_at IS NULL OR disabled_at IS NOT NULL", name="closed_is_disabled"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    username: Mapped[str]
    name: Mapped[str]
    employee_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    roles: Mapped[list[str]]
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None]
    must_change_password: Mapped[bool]
    disabled_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class ApiClient(Base):
    """A machine of an agency that may ask for tokens."""

    __tablename__ = "api_client"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    name: Mapped[str]
    roles: Mapped[list[str]]
    secret_digest: Mapped[bytes] = mapped_column(LargeBinary)
    old_secret_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_secret_until: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class Login(Base):
    """Which agency a sign-in name belongs to: usernames of persons, ids of API clients."""

    __tablename__ = "login"
    __table_args__ = (Index("ix_login_subject_id", "subject_id"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    subject_id: Mapped[UUID]


class LiveToken(Base):
    """A session of a person or a token of an API client, with the claims of the internal token."""

    __tablename__ = "live_token"
    __table_args__ = (
        UniqueConstraint("digest"),
        Index("ix_live_token_subject_id", "subject_id"),
        Index("ix_live_token_expires_at", "expires_at"),
        CheckConstraint("kind IN ('person', 'client')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    name: Mapped[str]
    employee_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    roles: Mapped[list[str]]
    csrf_token: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    idle_until: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None]
    address: Mapped[str]
    agent: Mapped[str]


class OneTimeCode(Base):
    """An activation or reset code, of which only the digest is stored."""

    __tablename__ = "one_time_code"
    __table_args__ = (
        Index("ix_one_time_code_account_id", "account_id"),
        CheckConstraint("purpose IN ('ACTIVATION', 'RESET')", name="purpose"),
    )

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    agency_id: Mapped[str] = agency_column()
    account_id: Mapped[UUID]
    purpose: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class Attempt(Base):
    """Failures in a row, stored so that they survive a restart. The key is a digest of a name or an address."""

    __tablename__ = "attempt"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
