"""Who may do what to accounts and API clients."""

from collections.abc import Collection, Iterable
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from gateway.domain.errors import AccountProtected, RoleNotGrantable
from gateway.domain.roles import RoleBook
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence.logins import agency_of_subject


def agency_for(actor: Principal, named: str | None) -> str:
    """Return the agency that a call is about: an operator may name any. Raise Forbidden for others."""
    if named is None or named == actor.agency_id:
        return actor.agency_id
    if actor.has("operator"):
        return named
    raise Forbidden


def agency_to_search(work: UnitOfWork, actor: Principal, subject_id: UUID) -> str:
    """Return the agency of an account or client: an operator manages those of every agency, others their own's."""
    if not actor.has("operator"):
        return actor.agency_id
    with work.transaction(SYSTEM_TENANT) as tx:
        return agency_of_subject(tx, subject_id) or actor.agency_id


def require_manageable(book: RoleBook, actor: Principal, roles: Collection[str]) -> None:
    """Raise AccountProtected for an account with a role that the caller may not grant.

    Otherwise a reset code would give the caller that role through its holder.
    """
    beyond = book.not_grantable(roles, actor.roles)
    if beyond:
        raise AccountProtected(roles=book.labels(beyond), managers=book.granters(beyond))


def require_grantable(book: RoleBook, actor: Principal, roles: Iterable[str]) -> None:
    """Raise RoleNotGrantable for the first role that the caller may not grant or withdraw."""
    for name in book.not_grantable(roles, actor.roles):
        raise RoleNotGrantable(role=book.labels([name]), managers=book.granters([name]))
