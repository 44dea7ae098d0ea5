"""Plain values that the use cases hand to the views."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden
from gateway.domain.errors import AccountProtected
from gateway.domain.roles import RoleBook


@dataclass(frozen=True)
class Visitor:
    """Where a request comes from: its address and what program it says it is."""

    address: str
    agent: str


@dataclass(frozen=True)
class AccountView:
    account_id: UUID
    agency_id: str
    username: str
    name: str
    employee_id: UUID | None
    unit_id: UUID | None
    roles: tuple[str, ...]
    state: str
    must_change_password: bool
    version: int
    created_at: datetime


@dataclass(frozen=True)
class OpenedSession:
    """What somebody gets for a right password or code. The token is shown here once and kept nowhere."""

    session_id: UUID
    token: str
    csrf_token: str
    idle_until: datetime
    expires_at: datetime
    account: AccountView


@dataclass(frozen=True)
class IssuedCode:
    account_id: UUID
    purpose: str
    code: str
    expires_at: datetime


def state_of(*, has_password: bool, disabled: bool, closed: bool) -> str:
    """The one word for an account: CLOSED, DISABLED, INVITED (no password yet) or ACTIVE."""
    if closed:
        return "CLOSED"
    if disabled:
        return "DISABLED"
    return "ACTIVE" if has_password else "INVITED"


def agency_for(actor: Principal, asked: str | None) -> str:
    """The agency that a call is about: an operator may name any, everybody else means their own."""
    if asked is None or asked == actor.agency_id:
        return actor.agency_id
    if actor.has("operator"):
        return asked
    raise Forbidden


def may_manage(book: RoleBook, actor: Principal, holder_roles: Collection[str]) -> None:
    """Raise AccountProtected for an account with a role that the caller may not grant.

    Whoever may not give a power may not come by it through its holder either, by a reset code or otherwise.
    """
    beyond = book.not_grantable(holder_roles, actor.roles)
    if beyond:
        raise AccountProtected(roles=book.labels(beyond), managers=book.granters(beyond))
