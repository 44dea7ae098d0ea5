"""Issue a token for a client's id and secret (OAuth 2.0 client credentials, RFC 6749 section 4.4)."""

from uuid import UUID

from chassis import audit
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from gateway.crypto import digest, new_secret
from gateway.dependencies import IdentityServices
from gateway.domain.backoff import Attempted, require_no_block
from gateway.domain.client import ClientTokenView
from gateway.domain.client_info import ClientInfo
from gateway.domain.errors import ClientCredentialsRefused
from gateway.domain.session import NewToken, Session
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence.attempts import clear_failures, count_attempt, has_signed_in_from
from gateway.persistence.clients import find_client, update_client
from gateway.persistence.logins import find_logins
from gateway.persistence.sessions import insert_session


def issue_client_token(
    work: UnitOfWork, services: IdentityServices, origin: ClientInfo, *, client_id: UUID, secret: str
) -> ClientTokenView:
    """Return an opaque token that expires. Raise ClientCredentialsRefused, whatever is wrong."""
    name, now = str(client_id), services.now()
    with work.transaction(SYSTEM_TENANT) as tx:
        known = has_signed_in_from(tx, [client_id], origin.address)
        attempted = Attempted(name, origin.address, is_known_address=known)
        wait = count_attempt(tx, attempted, now)
        login = next(iter(find_logins(tx, name)), None)
    require_no_block(wait)
    if login is None:
        raise ClientCredentialsRefused
    with work.transaction(login.agency_id) as tx:
        client = find_client(tx, client_id)
        if client is None or not client.accepts(digest(secret), now):
            raise ClientCredentialsRefused
        token, lifetime = new_secret("c"), services.lifetimes.client_token
        insert_session(tx, Session.of_client(NewToken(new_id(), digest(token)), client, origin, now, lifetime))
        update_client(tx, client.used(now))
        clear_failures(tx, attempted)
        audit.record(tx, str(client.id), "client.token_issued", "api_client", client.id)
        return ClientTokenView(token, int(lifetime.total_seconds()))
