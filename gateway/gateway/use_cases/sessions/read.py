"""Read one's own live sessions."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.session import SessionView
from gateway.persistence.sessions import live_sessions


def list_sessions(
    work: UnitOfWork, services: IdentityServices, actor: Principal, current: UUID | None
) -> Items[SessionView]:
    """Return the caller's sessions, newest first; the one of the present request is marked."""
    with work.transaction(actor.agency_id) as tx:
        found = live_sessions(tx, actor.account_id, services.now())
        return Items([SessionView.of(session, current) for session in found])
