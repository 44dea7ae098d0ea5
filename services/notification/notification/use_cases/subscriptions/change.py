"""Change a subscription's address, types or contact."""

from msgspec import UNSET

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client, require_grant
from notification.clients.outbound import OutboundClients
from notification.domain.addressing import require_callable
from notification.domain.grant import Channel
from notification.domain.subscription import OPEN, ChangeSubscription, SubscriptionView
from notification.persistence import webhook_queue
from notification.persistence.event_types import event_catalogue
from notification.persistence.subscriptions import load_subscription, require_free_url, update_subscription


def change_subscription(
    work: UnitOfWork, actor: Principal, command: ChangeSubscription, outbound: OutboundClients
) -> SubscriptionView:
    """What is lined up already goes to the new address; new types hold from the present place on."""
    if command.url is not UNSET:
        require_callable(command.url, outbound.policy)
    with work.transaction(actor.agency_id) as tx:
        before = load_subscription(tx, command.subscription_id, lock=True)
        require_client(actor, before.client_id)
        require_version(command.expected_version, before.version)
        before.require(*OPEN)
        catalogue = event_catalogue(tx.contracts.folder)
        after = before.changed(command, require_grant(tx, before.client_id, Channel.WEBHOOK), catalogue)
        require_free_url(tx, after)
        saved = update_subscription(tx, before, after)
        if saved.is_active:
            webhook_queue.put(tx, saved.subscription_id)
        audit.record(
            tx, actor, "change_subscription", "subscription", saved.subscription_id, changed=command.changed_fields
        )
        return SubscriptionView.of(saved, catalogue)
