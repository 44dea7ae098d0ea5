"""End or halt a subscription without its owner's doing, and say so."""

from urllib.parse import urlsplit

from chassis import audit
from chassis.ids import new_id
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction
from notification.persistence import emails, subscriptions, webhook_queue
from notification.persistence.models import SubscriptionRow
from notification.use_cases.tell_people import tell
from notification.use_cases.write_messages import Happening

log = get_logger()


def disable(tx: Transaction, subscription: SubscriptionRow, reason: str, *, days: int | None = None) -> None:
    """Stop deliveries until somebody resumes them. What is unfinished stays so, and the place in the feed is kept."""
    subscription.state, subscription.state_reason = "DISABLED", reason
    subscription.version += 1
    webhook_queue.drop(tx, subscription.subscription_id)
    audit.record(tx, "system", "disable_subscription", "subscription", subscription.subscription_id, reason=reason)
    log.warning("subscription_disabled", subscription_id=str(subscription.subscription_id), reason=reason)
    host = urlsplit(subscription.url).hostname or ""
    if days is not None:
        grant = subscriptions.open_grant(tx, subscription.client_id)
        data = {
            "subscription_id": str(subscription.subscription_id),
            "subscriber_name": grant.subscriber_name if grant else "klien",
            "host": host,
            "days": days,
        }
        tell(tx, Happening("notification.SubscriptionDisabled.v1", new_id(), tx.now, data))
    if subscription.contact_email:
        item = {
            "title": "Langganan data Anda dihentikan",
            "body": f"Langganan data Anda ke {host} dihentikan ({reason}). Posisi terakhir disimpan; setelah "
            "penyebabnya diatasi, lanjutkan langganan melalui API.",
            "link": f"/langganan/{subscription.subscription_id}",
        }
        emails.enqueue(
            tx, f"client:{subscription.client_id}", [item], kind="NOTICE", address=subscription.contact_email
        )
