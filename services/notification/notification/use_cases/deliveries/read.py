"""Read what was sent to a subscriber, and what came back."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client
from notification.domain.delivery import Delivery, DeliveryState
from notification.persistence import deliveries
from notification.persistence.subscriptions import load_subscription


@dataclass(frozen=True)
class ListDeliveries:
    subscription_id: UUID
    page: PageRequest
    state: DeliveryState | None = None


def list_deliveries(work: UnitOfWork, actor: Principal, query: ListDeliveries) -> Page[Delivery]:
    with work.transaction(actor.agency_id) as tx:
        require_client(actor, load_subscription(tx, query.subscription_id).client_id)
        return deliveries.list_deliveries(tx, query.subscription_id, query.page, state=query.state)
