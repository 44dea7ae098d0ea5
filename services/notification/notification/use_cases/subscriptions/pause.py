"""Pause a subscription: nothing is delivered until it is resumed."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client
from notification.domain.subscription import SubscriptionView
from notification.persistence import webhook_queue
from notification.persistence.event_types import event_catalogue
from notification.persistence.subscriptions import load_subscription, update_subscription


def pause_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> SubscriptionView:
    with work.transaction(actor.agency_id) as tx:
        before = load_subscription(tx, subscription_id, lock=True)
        require_client(actor, before.client_id)
        saved = update_subscription(tx, before, before.paused())
        webhook_queue.dequeue(tx, subscription_id)
        audit.record(tx, actor, "pause_subscription", "subscription", subscription_id)
        return SubscriptionView.of(saved, event_catalogue(tx.contracts.folder))
