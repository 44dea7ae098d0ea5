"""Send everything since a day again, under the same event ids."""

from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client, require_grant
from notification.domain.grant import Channel
from notification.domain.subscription import REPLAYABLE, SubscriptionView
from notification.persistence import deliveries, feed, webhook_queue
from notification.persistence.event_types import event_catalogue
from notification.persistence.people import start_of_day
from notification.persistence.subscriptions import load_subscription, update_subscription


def replay_subscription(work: UnitOfWork, actor: Principal, subscription_id: UUID, *, since: date) -> SubscriptionView:
    with work.transaction(actor.agency_id) as tx:
        before = load_subscription(tx, subscription_id, lock=True)
        require_client(actor, before.client_id)
        before.require(*REPLAYABLE)
        require_grant(tx, before.client_id, Channel.WEBHOOK).require_start(since)
        start = start_of_day(tx, since)
        unfinished = deliveries.cancel_pending(tx, subscription_id)
        places = [feed.position_before(tx, start), *(position - 1 for position in unfinished)]
        saved = update_subscription(tx, before, before.replayed(places, start))
        if saved.is_active:
            webhook_queue.put(tx, subscription_id)
        audit.record(tx, actor, "replay_subscription", "subscription", subscription_id, since=since)
        return SubscriptionView.of(saved, event_catalogue(tx.contracts.folder))
