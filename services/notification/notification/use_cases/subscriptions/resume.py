"""Resume a subscription where it stopped; what waits is due at once."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client, require_grant
from notification.domain.grant import Channel
from notification.domain.subscription import TYPES_RETIRED, SubscriptionView
from notification.persistence import deliveries, webhook_queue
from notification.persistence.event_types import event_catalogue
from notification.persistence.subscriptions import load_subscription, update_subscription


def resume_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID) -> SubscriptionView:
    with work.transaction(actor.agency_id) as tx:
        before = load_subscription(tx, subscription_id, lock=True)
        require_client(actor, before.client_id)
        after = before.resumed()
        require_grant(tx, before.client_id, Channel.WEBHOOK)
        catalogue = event_catalogue(tx.contracts.folder)
        if before.state_reason == TYPES_RETIRED:
            catalogue.require_published(before.event_types)
        saved = update_subscription(tx, before, after)
        deliveries.hurry(tx, subscription_id, endpoint_failures_only=False)
        webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "resume_subscription", "subscription", subscription_id)
        return SubscriptionView.of(saved, catalogue)
