"""Register a machine of an agency that may ask for tokens."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_for, require_grantable
from gateway.crypto import digest, new_secret
from gateway.dependencies import IdentityServices
from gateway.domain.client import ApiClient, ClientSecretView, ClientView, RegisterClient
from gateway.persistence.clients import insert_client
from gateway.persistence.logins import claim_logins


def register_client(
    work: UnitOfWork, services: IdentityServices, actor: Principal, command: RegisterClient
) -> ClientSecretView:
    """Return a new client's id and secret; only the secret's digest is stored."""
    home = agency_for(actor, command.agency_id)
    unknown = services.roles.unknown(command.roles, "client")
    if unknown:
        expected = ", ".join(services.roles.of("client"))
        raise InvalidInput(errors=[FieldError("roles", "role_unknown", name, expected) for name in unknown])
    require_grantable(services.roles, actor, command.roles)
    secret = new_secret("k")
    client = ApiClient.registered(new_id(), home, command, digest(secret), services.now(), str(actor.account_id))
    with work.transaction(home) as tx:
        insert_client(tx, client)
        claim_logins(tx, {str(client.id): client.id})
        audit.record(tx, actor, "client.created", "api_client", client.id, roles=client.roles)
    return ClientSecretView(ClientView.of(client), secret)
