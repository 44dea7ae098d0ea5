"""Read subscriptions: a client its own, the agency's officers all."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client, visible_client
from notification.domain.subscription import StandingView, SubscriptionView
from notification.persistence import deliveries, feed, subscriptions
from notification.persistence.event_types import event_catalogue


def show_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> StandingView:
    with work.transaction(actor.agency_id) as tx:
        found = subscriptions.load_subscription(tx, subscription_id)
        require_client(actor, found.client_id)
        counts = deliveries.count_by_state(tx, subscription_id)
        view = SubscriptionView.of(found, event_catalogue(tx.contracts.folder))
        return StandingView(view, feed.head(tx), counts)


def list_subscriptions(work: UnitOfWork, actor: Principal, *, page: PageRequest) -> Page[SubscriptionView]:
    with work.transaction(actor.agency_id) as tx:
        found = subscriptions.list_subscriptions(tx, page, client_id=visible_client(actor))
        catalogue = event_catalogue(tx.contracts.folder)
        return found.of(lambda one: SubscriptionView.of(one, catalogue))
