"""Open a subscription: an address, the types of event wanted, and from when."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_grant
from notification.clients.outbound import OutboundClients
from notification.clients.sealing import new_secret
from notification.domain.addressing import require_callable
from notification.domain.grant import Channel
from notification.domain.subscription import (
    OpenedSubscriptionView,
    OpenSubscription,
    Subscription,
    SubscriptionView,
)
from notification.persistence import feed, webhook_queue
from notification.persistence.event_types import event_catalogue
from notification.persistence.people import start_of_day
from notification.persistence.subscriptions import add_secret, insert_subscription


def open_subscription(
    work: UnitOfWork, actor: Principal, command: OpenSubscription, outbound: OutboundClients
) -> OpenedSubscriptionView:
    """Without start_from it begins with what comes from now on; the grant's first day holds in any case.

    Raise UrlNotAllowed, UrlTaken, GrantMissing, TypesNotGranted, EventTypeDeprecated, EventTypeRetired,
    StartBeforeGrant.
    """
    require_callable(command.url, outbound.policy)
    with work.transaction(actor.agency_id) as tx:
        grant = require_grant(tx, actor.account_id, Channel.WEBHOOK)
        catalogue, start = event_catalogue(tx.contracts.folder), command.start_from
        kinds = catalogue.chosen(command.event_types, grant.narrow(command.event_types))
        grant.require_start(start)
        first_day = start or grant.data_from
        subscription = Subscription(
            subscription_id=new_id(), client_id=actor.account_id, url=command.url, event_types=kinds,
            contact_email=command.contact_email, created_at=tx.now,
            position=feed.position_before(tx, start_of_day(tx, start)) if start else feed.head(tx),
            data_from=start_of_day(tx, first_day) if first_day else None,
        )  # fmt: skip
        insert_subscription(tx, subscription)
        secret = new_secret()
        add_secret(tx, subscription.subscription_id, outbound.box.seal(secret))
        webhook_queue.put(tx, subscription.subscription_id)
        audit.record(tx, actor, "subscribe", "subscription", subscription.subscription_id, event_types=kinds)
        return OpenedSubscriptionView(SubscriptionView.of(subscription, catalogue), secret)
