"""Rotate a client's secret, or revoke the client."""

from datetime import timedelta
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import AppError, Kind, NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from gateway.crypto import digest, new_secret
from gateway.house import House
from gateway.persistence import accounts, clients, tokens
from gateway.persistence.models import ApiClient
from gateway.use_cases.create_client import ClientSecret, client_view
from gateway.use_cases.find_account import home_of


class ClientRevoked(AppError):
    code = "client_revoked"
    kind = Kind.CONFLICT
    title = "The client is revoked"
    sentence = "Klien API ini sudah dicabut. Daftarkan klien baru."


def rotate_client(
    work: UnitOfWork, house: House, actor: Principal, client_id: UUID, keep_old: timedelta
) -> ClientSecret:
    """Give a new secret; the old one stays good for `keep_old`, so that the machine can be changed without a gap."""
    with work.transaction(home_of(work, actor, client_id)) as tx:
        client = _client(tx, client_id)
        if client.revoked_at is not None:
            raise ClientRevoked
        secret = new_secret("k")
        client.old_secret_digest = client.secret_digest if keep_old else None
        client.old_secret_until = house.now() + keep_old if keep_old else None
        client.secret_digest = digest(secret)
        if not keep_old:
            tokens.end(tx.session, client.id, house.now(), "secret_rotated")
        audit.record(tx, actor, "client.rotated", "api_client", client.id)
        tx.session.flush()
        return ClientSecret(client_view(client), secret, client.old_secret_until)


def revoke_client(work: UnitOfWork, house: House, actor: Principal, client_id: UUID) -> None:
    """End the client and all its tokens; a second call changes nothing."""
    with work.transaction(home_of(work, actor, client_id)) as tx:
        client = _client(tx, client_id)
        if client.revoked_at is not None:
            return
        client.revoked_at = house.now()
        tokens.end(tx.session, client.id, house.now(), "client_revoked")
        accounts.drop_login(tx.session, client.id)
        audit.record(tx, actor, "client.revoked", "api_client", client.id)


def _client(tx: Transaction, client_id: UUID) -> ApiClient:
    client = clients.get_client(tx.session, client_id, lock=True)
    if client is None:
        raise NotFound(object="klien API", id=client_id)
    return client
