"""Send a delivery that was given up or cancelled once more, at once."""

from datetime import UTC, datetime
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client
from notification.domain.delivery import Delivery
from notification.domain.subscription import SENDABLE
from notification.persistence import webhook_queue
from notification.persistence.deliveries import lock_delivery, save_retry
from notification.persistence.subscriptions import load_subscription


def retry_delivery(work: UnitOfWork, actor: Principal, subscription_id: UUID, delivery_id: UUID) -> Delivery:
    with work.transaction(actor.agency_id) as tx:
        subscription = load_subscription(tx, subscription_id)
        require_client(actor, subscription.client_id)
        subscription.require(*SENDABLE)
        delivery = lock_delivery(tx, subscription_id, delivery_id).retried(datetime.now(UTC))
        save_retry(tx, delivery)
        webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "retry_delivery", "webhook_delivery", delivery_id)
        return delivery
