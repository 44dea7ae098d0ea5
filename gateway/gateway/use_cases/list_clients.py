"""List an agency's API clients."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.domain.people import agency_for
from gateway.persistence import clients
from gateway.use_cases.create_client import ClientView, client_view


def list_clients(
    work: UnitOfWork, actor: Principal, agency_id: str | None, after: UUID | None, limit: int
) -> tuple[list[ClientView], UUID | None]:
    """A page of clients, and the id after which the next page starts."""
    with work.transaction(agency_for(actor, agency_id)) as tx:
        found = clients.page(tx.session, after, limit + 1)
        shown = found[:limit]
        return [client_view(client) for client in shown], shown[-1].id if len(found) > limit else None
