"""Replace a client's secret."""

from datetime import timedelta
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_to_search
from gateway.crypto import digest, new_secret
from gateway.dependencies import IdentityServices
from gateway.domain.client import ClientSecretView, ClientView
from gateway.persistence.clients import load_client, update_client
from gateway.persistence.sessions import end_sessions


def rotate_secret(
    work: UnitOfWork, services: IdentityServices, actor: Principal, *, client_id: UUID, keep_old: timedelta
) -> ClientSecretView:
    """Return a new secret; the old one stays valid for `keep_old`, so that the machine can be changed without a gap."""
    secret = new_secret("k")
    with work.transaction(agency_to_search(work, actor, client_id)) as tx:
        client = load_client(tx, client_id).rotated(digest(secret), keep_old, services.now())
        update_client(tx, client)
        if not keep_old:
            end_sessions(tx, client.id, services.now(), "secret_rotated")
        audit.record(tx, actor, "client.rotated", "api_client", client.id)
        return ClientSecretView(ClientView.of(client), secret, client.old_secret_until)
