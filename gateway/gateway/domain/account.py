"""A person's account: its making, its states and moves, and what others see of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from chassis.pagination import PageRequest
from chassis.views import view_of
from gateway.domain.errors import AccountClosed
from gateway.domain.roles import MUST_CHANGE

State = Literal["INVITED", "ACTIVE", "DISABLED", "CLOSED"]
Purpose = Literal["ACTIVATION", "RESET"]
SHOWN_ONCE = Meta(description="shown this once; hand it to the person")


@dataclass(frozen=True)
class NewAccount:
    username: str
    name: str
    roles: tuple[str, ...]
    employee_id: UUID | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True)
class ChangeAccount:
    """Fields that are UNSET stay as they are."""

    account_id: UUID
    expected_version: int | None
    name: str | UnsetType = UNSET
    roles: tuple[str, ...] | UnsetType = UNSET
    employee_id: UUID | UnsetType | None = UNSET
    unit_id: UUID | UnsetType | None = UNSET
    disabled: bool | UnsetType = UNSET
    must_change_password: bool | UnsetType = UNSET


@dataclass(frozen=True)
class ListAccounts:
    page: PageRequest
    agency_id: str | None = None
    username: str | None = None
    employee_id: UUID | None = None
    role: str | None = None


@dataclass(frozen=True)
class Account:
    """A person who may sign in. It has no password until the activation code has been used."""

    id: UUID
    agency_id: str
    username: str
    name: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    password_hash: str | None
    password_changed_at: datetime | None
    must_change_password: bool
    disabled_at: datetime | None
    closed_at: datetime | None
    version: int
    created_at: datetime
    created_by: str

    @classmethod
    def invited(cls, account_id: UUID, agency_id: str, new: NewAccount, now: datetime, created_by: str) -> "Account":
        """Return a new account, which waits for its activation; `new.username` is normalised already."""
        return cls(
            id=account_id,
            agency_id=agency_id,
            username=new.username,
            name=new.name,
            employee_id=new.employee_id,
            unit_id=new.unit_id,
            roles=tuple(sorted(set(new.roles))),
            password_hash=None,
            password_changed_at=None,
            must_change_password=False,
            disabled_at=None,
            closed_at=None,
            version=1,
            created_at=now,
            created_by=created_by,
        )

    @property
    def state(self) -> State:
        if self.closed_at is not None:
            return "CLOSED"
        if self.disabled_at is not None:
            return "DISABLED"
        return "INVITED" if self.password_hash is None else "ACTIVE"

    @property
    def effective_roles(self) -> tuple[str, ...]:
        """The roles of today: none but changing the password while that is due."""
        return (MUST_CHANGE,) if self.must_change_password else self.roles

    @property
    def code_purpose(self) -> Purpose:
        """What a new one-time code is for. Raise AccountClosed."""
        if self.closed_at is not None:
            raise AccountClosed
        return "ACTIVATION" if self.password_hash is None else "RESET"

    def with_password(self, password_hash: str, now: datetime) -> "Account":
        return replace(self, password_hash=password_hash, password_changed_at=now, must_change_password=False)

    def with_roles(self, roles: Collection[str]) -> "Account":
        return replace(self, roles=tuple(sorted(set(roles))))

    def with_details(self, command: ChangeAccount) -> "Account":
        """Return the account with the person's details that the command sets."""
        changed = {name: value for name in DETAILS if (value := getattr(command, name)) is not UNSET}
        return replace(self, **changed)

    def disabled(self, now: datetime) -> "Account":
        return replace(self, disabled_at=self.disabled_at or now)

    def enabled(self) -> "Account":
        return replace(self, disabled_at=None)

    def closed(self, now: datetime) -> "Account":
        """Return the account closed for good; nobody can sign in to it any more."""
        return replace(self, disabled_at=self.disabled_at or now, closed_at=now, password_hash=None)


DETAILS = ("name", "employee_id", "unit_id", "must_change_password")


@dataclass(frozen=True)
class AccountView:
    account_id: UUID
    agency_id: str
    username: str
    name: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    state: State
    must_change_password: bool
    version: int
    created_at: datetime

    @classmethod
    def of(cls, account: Account) -> "AccountView":
        return view_of(cls, account, account_id=account.id)


@dataclass(frozen=True)
class AccountResultView:
    """The result of one row of a batch: CREATED with a code, EXISTS, or REFUSED with a reason."""

    row: Annotated[int, Meta(description="place in the list sent, from 0")]
    username: str
    outcome: Literal["CREATED", "EXISTS", "REFUSED"]
    account_id: UUID | None = None
    activation_code: Annotated[str | None, SHOWN_ONCE] = None
    code: Annotated[str | None, Meta(description="why the row was refused")] = None
    expected: Annotated[str | None, Meta(description="in Indonesian: what would be right")] = None


@dataclass(frozen=True)
class IssuedCodeView:
    """A new one-time code, which is shown this once."""

    account_id: UUID
    purpose: Purpose
    code: Annotated[str, SHOWN_ONCE]
    expires_at: datetime


@dataclass(frozen=True)
class NoticeView:
    """What somebody else did to the caller's account."""

    at: datetime
    action: Annotated[str, Meta(examples=["account.code_issued"])]
    sentence: Annotated[str, Meta(description="in Indonesian: who did what")]


@dataclass(frozen=True)
class OwnAccountView:
    account_id: UUID
    kind: Literal["person", "client"]
    username: str | None
    name: str
    agency_id: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    must_change_password: bool
    session_id: UUID | None
    session_expires_at: datetime | None
    csrf_token: str | None
    notices: Annotated[
        tuple[NoticeView, ...],
        Meta(description="what others did to this account in the last 90 days, the newest first"),
    ]
