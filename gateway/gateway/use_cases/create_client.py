"""Register a machine of an agency that may ask for tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from gateway.crypto import digest, new_secret
from gateway.domain.errors import RoleNotGrantable
from gateway.domain.people import agency_for
from gateway.house import House
from gateway.persistence import accounts
from gateway.persistence.models import ApiClient


@dataclass(frozen=True)
class ClientView:
    client_id: UUID
    agency_id: str
    name: str
    roles: tuple[str, ...]
    state: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class ClientSecret:
    """A client with its secret, which is shown this once."""

    client: ClientView
    client_secret: str
    old_secret_until: datetime | None = None


def create_client(
    work: UnitOfWork, house: House, actor: Principal, *, agency_id: str | None, name: str, roles: Sequence[str]
) -> ClientSecret:
    """Give a new client's id and secret; only the secret's digest is kept."""
    home = agency_for(actor, agency_id)
    unknown = house.roles.unknown(roles, "client")
    if unknown:
        expected = ", ".join(house.roles.of("client"))
        raise InvalidInput(errors=[FieldError("roles", "role_unknown", one, expected) for one in unknown])
    for one in house.roles.not_grantable(roles, actor.roles):
        raise RoleNotGrantable(role=house.roles.labels([one]), managers=house.roles.granters([one]))
    secret = new_secret("k")
    with work.transaction(home) as tx:
        client = ApiClient(
            id=new_id(),
            agency_id=home,
            name=name,
            roles=sorted(set(roles)),
            secret_digest=digest(secret),
            old_secret_digest=None,
            old_secret_until=None,
            revoked_at=None,
            last_used_at=None,
            created_at=house.now(),
            created_by=str(actor.account_id),
        )
        tx.session.add(client)
        accounts.claim_logins(tx.session, home, {str(client.id): client.id})
        audit.record(tx, actor, "client.created", "api_client", client.id, roles=client.roles)
        tx.session.flush()
        return ClientSecret(client_view(client), secret)


def client_view(client: ApiClient) -> ClientView:
    """A client as it leaves, without its secret."""
    return ClientView(
        client_id=client.id,
        agency_id=client.agency_id,
        name=client.name,
        roles=tuple(client.roles),
        state="REVOKED" if client.revoked_at else "ACTIVE",
        created_at=client.created_at,
        last_used_at=client.last_used_at,
    )
