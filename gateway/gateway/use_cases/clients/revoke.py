"""Revoke a client."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_to_search
from gateway.dependencies import IdentityServices
from gateway.persistence.clients import load_client, update_client
from gateway.persistence.logins import release_logins
from gateway.persistence.sessions import end_sessions


def revoke_client(work: UnitOfWork, services: IdentityServices, actor: Principal, client_id: UUID) -> None:
    """End the client and all its tokens; a second call changes nothing."""
    with work.transaction(agency_to_search(work, actor, client_id)) as tx:
        client = load_client(tx, client_id)
        if client.revoked_at is not None:
            return
        now = services.now()
        update_client(tx, client.revoked(now))
        end_sessions(tx, client.id, now, "client_revoked")
        release_logins(tx, client.id)
        audit.record(tx, actor, "client.revoked", "api_client", client.id)
