"""A person's account: its making, its states and moves. What others see of it is in `account_views`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, UnsetType

from chassis.pagination import PageRequest
from gateway.domain.errors import AccountClosed, AccountEnded
from gateway.domain.roles import FORMER, MUST_CHANGE, RoleBook
from gateway.domain.service_time import Access, AccessToday, ServiceTime

State = Literal["INVITED", "ACTIVE", "FORMER", "ENDED", "DISABLED", "CLOSED"]
Purpose = Literal["ACTIVATION", "RESET"]


@dataclass(frozen=True)
class NewAccount:
    username: str
    name: str
    roles: tuple[str, ...]
    employee_id: UUID | None = None
    unit_id: UUID | None = None
    official_id: UUID | None = None

    @property
    def person_id(self) -> UUID | None:
        """Return the employee or the official whose account it is to be."""
        return self.employee_id or self.official_id

    @property
    def holder(self) -> str:
        """Return whose roles it may hold."""
        return "official" if self.official_id else "person"


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
    official_id: UUID | None = None
    role: str | None = None


@dataclass(frozen=True)
class Account:
    """A person who may sign in. It has no password until the activation code has been used.

    It is that of an employee, of an official from outside, or of neither. `access` follows the person's timeline or the
    official's term. `granted_on` has the day of each role; `ended_roles` are those that a leave of service or a move
    has ended, each with the day on which it was granted: only a correction of the timeline brings them back.
    `unit_id` is the unit that was set on `unit_since`; whoever has moved since then is in unit `moved_to`.
    `watched_since`: somebody else has had a hand in who can sign in; what is done soon afterwards is marked.
    `reset_alone`: the owner's password was replaced by a code that one person alone had made.
    """

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
    official_id: UUID | None = None
    access: Access = Access.FULL
    readable_until: date | None = None
    granted_on: Mapping[str, date] = field(default_factory=dict)
    ended_roles: Mapping[str, date] = field(default_factory=dict)
    unit_since: date | None = None
    moved_to: UUID | None = None
    watched_since: datetime | None = None
    reset_alone: bool = False

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
            official_id=new.official_id,
        )

    @property
    def person_id(self) -> UUID | None:
        """Return the employee or the official whose account this is."""
        return self.employee_id or self.official_id

    @property
    def effective_unit_id(self) -> UUID | None:
        return self.moved_to or self.unit_id

    @property
    def held_roles(self) -> tuple[str, ...]:
        """Return the roles of today and those that a correction may bring back."""
        return tuple(sorted({*self.roles, *self.ended_roles}))

    @property
    def state(self) -> State:
        if self.closed_at is not None:
            return "CLOSED"
        if self.disabled_at is not None:
            return "DISABLED"
        if self.access is Access.NONE:
            return "ENDED"
        if self.password_hash is None:
            return "INVITED"
        return "FORMER" if self.access is Access.OWN_RECORDS else "ACTIVE"

    @property
    def standing(self) -> int:
        """Return how little its owner may do with it: the lower, the sooner it is the one that a sign-in means."""
        return len(Access) if self.disabled_at is not None else list(Access).index(self.access)

    @property
    def is_usable(self) -> bool:
        """Return whether its owner may sign in today."""
        return self.disabled_at is None and self.access is not Access.NONE

    @property
    def effective_roles(self) -> tuple[str, ...]:
        """The roles of today: none but changing the password while that is due, or reading after the service."""
        if self.must_change_password:
            return (MUST_CHANGE,)
        return {Access.FULL: self.roles, Access.OWN_RECORDS: (FORMER,), Access.NONE: ()}[self.access]

    @property
    def was_used(self) -> bool:
        """Return whether somebody has had a password for it, which may have ended since."""
        return self.password_changed_at is not None

    @property
    def code_purpose(self) -> Purpose:
        """What a new one-time code is for. Raise AccountClosed."""
        if self.closed_at is not None:
            raise AccountClosed
        return "ACTIVATION" if self.password_hash is None else "RESET"

    @property
    def holder(self) -> str:
        """Return whose roles it may hold."""
        return "official" if self.official_id else "person"

    def begun_on(self, day: date) -> "Account":
        """Return a new account whose roles and unit hold from `day` on."""
        return replace(self, granted_on=dict.fromkeys(self.roles, day), unit_since=day)

    def require_access(self) -> None:
        """Raise AccountEnded when the time after the service, or the term of office, is over or yet to come."""
        if self.access is Access.NONE:
            raise AccountEnded

    def with_password(self, password_hash: str, now: datetime) -> "Account":
        return replace(self, password_hash=password_hash, password_changed_at=now, must_change_password=False)

    def with_roles(self, roles: Collection[str], day: date) -> "Account":
        """Return the account with these roles and no others; those that are new are granted on `day`.

        Those that the timeline has ended are gone, too: a correction of it must not give back what was taken away.
        """
        granted = {role: self.granted_on.get(role, day) if role in self.roles else day for role in set(roles)}
        return replace(self, roles=tuple(sorted(granted)), granted_on=granted, ended_roles={})

    def following(self, today: AccessToday) -> "Account":
        """Return the account with the access of today."""
        return replace(self, access=today.access, readable_until=today.readable_until)

    def with_service(self, service: ServiceTime, day: date, book: RoleBook, ending: Collection[str]) -> "Account":
        """Return the account without the roles that the timeline has ended since they were granted, and where it is.

        The timeline as it is known today decides, and nothing else: whatever is recorded late or put right, and in
        whatever order it arrives, roles and unit are the same in the end.
        """
        granted = {**{role: self.granted_on.get(role, day) for role in self.roles}, **self.ended_roles}
        ended = {
            role: since
            for role, since in granted.items()
            if (book.needs_service(role) and service.ends_roles(since, day, ending))
            or (book.needs_unit(role) and service.has_moved(since, day))
        }
        kept = {role: since for role, since in granted.items() if role not in ended}
        here, unit_since = service.on(day), self.unit_since or day
        moved_to = here.unit_id if here and (self.unit_id is None or service.has_moved(unit_since, day)) else None
        return replace(
            self,
            roles=tuple(sorted(kept)),
            granted_on=kept,
            ended_roles=ended,
            unit_since=unit_since,
            moved_to=moved_to,
        )

    def with_details(self, command: ChangeAccount, day: date) -> "Account":
        """Return the account with the person's details that the command sets; a unit holds from `day` on.

        What followed from one person's time is not another's: their access is as in a new account, and their roles are
        those of today, granted on `day`.
        """
        changed = {name: value for name in DETAILS if (value := getattr(command, name)) is not UNSET}
        if "unit_id" in changed:
            changed |= {"unit_since": day, "moved_to": None}
        if changed.get("employee_id", self.employee_id) != self.employee_id:
            changed |= {"access": Access.FULL, "readable_until": None}
            changed |= {"granted_on": dict.fromkeys(self.roles, day), "ended_roles": {}}
        return replace(self, **changed)

    def watched(self, now: datetime) -> "Account":
        """Return the account as one of which somebody else may have the password, or which is another person's now."""
        return replace(self, watched_since=now)

    def reset(self, now: datetime, *, of_two: bool) -> "Account":
        """Return the account whose password a code has replaced, which two people agreed to or one alone made."""
        return replace(self.watched(now), reset_alone=not of_two)

    def without_password(self) -> "Account":
        """Return the account as one that waits for a code: whoever knows the password is to have no more power."""
        return replace(self, password_hash=None)

    def disabled(self, now: datetime) -> "Account":
        return replace(self, disabled_at=self.disabled_at or now)

    def enabled(self) -> "Account":
        return replace(self, disabled_at=None)

    def closed(self, now: datetime) -> "Account":
        """Return the account closed for good; nobody can sign in to it any more."""
        return replace(self, disabled_at=self.disabled_at or now, closed_at=now, password_hash=None)


DETAILS = ("name", "employee_id", "unit_id", "must_change_password")
