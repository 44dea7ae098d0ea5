"""Give an API client a token for its id and secret (OAuth 2.0 client credentials, RFC 6749 section 4.4)."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import UnitOfWork
from gateway.crypto import digest
from gateway.domain.errors import ClientCredentialsRefused
from gateway.domain.people import Visitor
from gateway.house import House
from gateway.persistence import accounts, attempts, clients
from gateway.persistence.models import DOOR, ApiClient
from gateway.use_cases.open_session import token_for_client
from gateway.use_cases.sign_in import throttled


@dataclass(frozen=True)
class ClientToken:
    access_token: str
    expires_in: int


def issue_client_token(work: UnitOfWork, house: House, visitor: Visitor, client_id: UUID, secret: str) -> ClientToken:
    """Give an opaque token with an end; raises ClientCredentialsRefused for anything that does not fit."""
    name = str(client_id)
    now = house.now()
    with work.transaction(DOOR) as tx:
        wait = attempts.knock(tx.session, name, visitor.address, now)
        login = accounts.find_login(tx.session, name)
    if wait is not None:
        raise throttled(wait)
    if login is None:
        raise ClientCredentialsRefused
    with work.transaction(login.agency_id) as tx:
        client = clients.get_client(tx.session, client_id, lock=True)
        if client is None or not _fits(client, secret, now):
            raise ClientCredentialsRefused
        lifetime = house.lifetimes.client_token
        token, row = token_for_client(client.id, client.agency_id, client.name, client.roles, house, visitor, lifetime)
        tx.session.add(row)
        client.last_used_at = now
        attempts.forgive(tx.session, name, visitor.address)
        audit.record(tx, str(client.id), "client.token_issued", "api_client", client.id)
        return ClientToken(token, int(lifetime.total_seconds()))


def _fits(client: ApiClient, secret: str, now: datetime) -> bool:
    presented = digest(secret)
    new = hmac.compare_digest(presented, client.secret_digest)
    old = client.old_secret_digest
    still = client.old_secret_until is not None and client.old_secret_until > now
    return client.revoked_at is None and (new or (still and old is not None and hmac.compare_digest(presented, old)))
