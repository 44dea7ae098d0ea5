"""Read grants: the agency's officers all of them, a client its own."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client, visible_client
from notification.domain.grant import Grant, GrantView, TopologyView
from notification.persistence import grants


def list_grants(work: UnitOfWork, actor: Principal, *, page: PageRequest) -> Page[GrantView]:
    with work.transaction(actor.agency_id) as tx:
        return grants.list_grants(tx, page, client_id=visible_client(actor)).of(GrantView.of)


def show_grant(work: UnitOfWork, actor: Principal, grant_id: UUID) -> GrantView:
    return GrantView.of(_load_own(work, actor, grant_id))


def show_topology(work: UnitOfWork, actor: Principal, grant_id: UUID, *, exchange: str) -> TopologyView:
    return TopologyView.of(_load_own(work, actor, grant_id), actor.agency_id, exchange)


def _load_own(work: UnitOfWork, actor: Principal, grant_id: UUID) -> Grant:
    with work.transaction(actor.agency_id) as tx:
        grant = grants.load_grant(tx, grant_id)
        require_client(actor, grant.client_id)
        return grant
