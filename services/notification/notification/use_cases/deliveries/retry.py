"""Send a delivery that was given up or cancelled once more, at once."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client
from notification.domain.delivery import DeliveryView
from notification.domain.subscription import SENDABLE
from notification.persistence import webhook_queue
from notification.persistence.deliveries import failures_of, lock_delivery, save_retry
from notification.persistence.subscriptions import load_subscription, real_time


def retry_delivery(work: UnitOfWork, actor: Principal, subscription_id: UUID, delivery_id: UUID) -> DeliveryView:
    with work.transaction(actor.agency_id) as tx:
        subscription = load_subscription(tx, subscription_id)
        require_client(actor, subscription.client_id)
        subscription.require(*SENDABLE)
        delivery = lock_delivery(tx, subscription_id, delivery_id).retried(real_time(tx))
        save_retry(tx, delivery)
        webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "retry_delivery", "webhook_delivery", delivery_id)
        return DeliveryView.of(delivery, failures_of(tx, [delivery_id])[delivery_id])
