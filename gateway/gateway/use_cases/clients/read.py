"""Read an agency's API clients."""

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_for
from gateway.domain.client import ClientView, ListClients
from gateway.persistence import clients


def list_clients(work: UnitOfWork, actor: Principal, command: ListClients) -> Page[ClientView]:
    """Return the agency's clients, the revoked ones too."""
    with work.transaction(agency_for(actor, command.agency_id)) as tx:
        return clients.list_clients(tx, command.page).of(ClientView.of)
