"""The tables of identity.

`account` and `api_client` show an agency its own rows only, like every business table. The others are read before the
agency is known; the transaction then belongs to the system tenant (`gateway.domain.system_tenant`).
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import AgencyRow, agency_column, make_base

if TYPE_CHECKING:

    class Base(DeclarativeBase): ...

else:
    Base = make_base()


class Account(Base):
    """A person who may sign in. Without a password until the activation code has been used."""

    __tablename__ = "account"
    __table_args__ = (
        Index("uq_account_employee", "agency_id", "employee_id", unique=True, postgresql_where="closed_at IS NULL"),
        Index("uq_account_official", "agency_id", "official_id", unique=True, postgresql_where="closed_at IS NULL"),
        Index("ix_account_closed_employee", "agency_id", "employee_id", postgresql_where="closed_at IS NOT NULL"),
        Index("ix_account_agency_username", "agency_id", "username"),
        CheckConstraint("closed_at IS NULL OR disabled_at IS NOT NULL", name="closed_is_disabled"),
        CheckConstraint("access IN ('FULL', 'OWN_RECORDS', 'NONE')", name="access"),
        CheckConstraint("employee_id IS NULL OR official_id IS NULL", name="one_person"),
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
    official_id: Mapped[UUID | None]
    access: Mapped[str] = mapped_column(server_default="FULL")
    readable_until: Mapped[date | None]
    granted_on: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    ended_roles: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    unit_since: Mapped[date | None]
    moved_to: Mapped[UUID | None]
    watched_since: Mapped[datetime | None]
    reset_alone: Mapped[bool] = mapped_column(server_default=text("false"))


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
    """Which account or client a sign-in name belongs to: at most one in each agency."""

    __tablename__ = "login_name"
    __table_args__ = (PrimaryKeyConstraint("name", "agency_id"), Index("ix_login_name_subject_id", "subject_id"))

    name: Mapped[str]
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
    watched_until: Mapped[datetime | None]


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
    of_two: Mapped[bool] = mapped_column(server_default=text("false"))


class FormerLink(Base):
    """An employee whose account has been made somebody else's, or nobody's."""

    __tablename__ = "former_link"
    __table_args__ = (PrimaryKeyConstraint("employee_id", "agency_id"),)

    employee_id: Mapped[UUID]
    agency_id: Mapped[str] = agency_column()


class ResetRequest(Base):
    """A new password that somebody asks for and a second person agrees to, for an account of somebody with power."""

    __tablename__ = "reset_request"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    requested_by: Mapped[UUID]
    requester_id: Mapped[UUID | None]
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]


class SecondFactor(Base):
    """An account's second factor; its secrets are encrypted, of recovery codes only digests are stored."""

    __tablename__ = "second_factor"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = agency_column()
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    pending: Mapped[bytes | None] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger)
    recovery: Mapped[list[str]]


class Attempt(Base):
    """Failures in a row, stored so that they survive a restart. The key is a digest of a name or an address."""

    __tablename__ = "attempt"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


class Agency(Base):
    """An agency's time zone, in which a day begins, and its name; empty while it is not known."""

    __tablename__ = "agency"

    agency_id: Mapped[str] = agency_column(primary_key=True)
    name: Mapped[str] = mapped_column(server_default=text("''"))
    time_zone: Mapped[str]
    version: Mapped[int]


class Employee(Base):
    """The version of the timeline of an employee that is kept here."""

    __tablename__ = "employee"
    __table_args__ = (PrimaryKeyConstraint("employee_id", "agency_id"),)

    employee_id: Mapped[UUID]
    agency_id: Mapped[str] = agency_column()
    version: Mapped[int]


class ServiceStretch(Base):
    """Of a timeline the days, the status, the unit and the superior; all else of it is nobody's business here."""

    __tablename__ = "service_stretch"
    __table_args__ = (
        PrimaryKeyConstraint("employee_id", "agency_id", "first_day"),
        Index("ix_service_stretch_superior_id", "superior_id"),
    )

    employee_id: Mapped[UUID]
    agency_id: Mapped[str] = agency_column()
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    status: Mapped[str]
    unit_id: Mapped[UUID]
    superior_id: Mapped[UUID | None]


class Official(Base):
    """The term of an official who is no civil servant of the agency."""

    __tablename__ = "official"
    __table_args__ = (PrimaryKeyConstraint("official_id", "agency_id"),)

    official_id: Mapped[UUID]
    agency_id: Mapped[str] = agency_column()
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    version: Mapped[int]


class SignInRule(AgencyRow, Base):
    """A dated rule about what an account of the agency must have; a newer row follows it."""

    __tablename__ = "sign_in_rule"
    __table_args__ = (UniqueConstraint("agency_id", "version"),)

    valid_from: Mapped[date]
    officer_days_without_person: Mapped[int]
    watched_days: Mapped[int]
    second_factor_roles: Mapped[list[str]] = mapped_column(server_default="[]")
    most_sessions: Mapped[int] = mapped_column(server_default=text("20"))
    source: Mapped[str]
    verified: Mapped[bool]
    version: Mapped[int]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class AccountRule(AgencyRow, Base):
    """A dated rule of the agency about its accounts; a newer row follows it."""

    __tablename__ = "account_rule"
    __table_args__ = (UniqueConstraint("agency_id", "version"),)

    valid_from: Mapped[date]
    retired_days: Mapped[int]
    transferred_days: Mapped[int]
    dismissed_days: Mapped[int]
    deceased_days: Mapped[int]
    suspension_ends_roles: Mapped[bool]
    source: Mapped[str]
    verified: Mapped[bool]
    version: Mapped[int]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
