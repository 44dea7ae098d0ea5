"""End a subscription for good; its log stays."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client
from notification.persistence import deliveries, webhook_queue
from notification.persistence.subscriptions import load_subscription, update_subscription


def close_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> None:
    with work.transaction(actor.agency_id) as tx:
        before = load_subscription(tx, subscription_id, lock=True)
        require_client(actor, before.client_id)
        after = before.closed()
        if after is not before:
            update_subscription(tx, before, after)
            deliveries.cancel_pending(tx, subscription_id)
            webhook_queue.dequeue(tx, subscription_id)
            audit.record(tx, actor, "close_subscription", "subscription", subscription_id)
