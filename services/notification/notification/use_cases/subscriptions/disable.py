"""Switch a subscription off without its owner's doing, and say so."""

from chassis import audit
from chassis.ids import new_id
from chassis.observability.logging import get_logger
from chassis.unit_of_work import Transaction
from notification.domain.email import EmailKind
from notification.domain.message import Trigger
from notification.domain.subscription import Subscription
from notification.domain.templates import Text
from notification.persistence import webhook_queue
from notification.persistence.emails import NewEmail, enqueue
from notification.persistence.grants import open_grant
from notification.persistence.subscriptions import update_subscription
from notification.use_cases.messages.notify import notify_people

log = get_logger()


def disable_subscription(
    tx: Transaction, before: Subscription, after: Subscription, *, days: int | None = None
) -> None:
    """Stop deliveries until somebody resumes them. With `days` of failure HR and the operator are notified, too."""
    subscription_id, reason = after.subscription_id, after.state_reason
    update_subscription(tx, before, after)
    webhook_queue.dequeue(tx, subscription_id)
    audit.record(tx, "system", "disable_subscription", "subscription", subscription_id, reason=reason)
    log.warning("subscription_disabled", subscription_id=str(subscription_id), reason=reason)
    if days is not None:
        grant = open_grant(tx, after.client_id)
        data = {
            "subscription_id": subscription_id,
            "subscriber_name": grant.subscriber_name if grant else "klien",
            "host": after.host,
            "days": days,
        }
        notify_people(tx, Trigger("notification.SubscriptionDisabled.v1", new_id(), tx.now, data))
    if after.contact_email:
        notice = Text(
            title="Langganan data Anda dihentikan",
            body=f"Langganan data Anda ke {after.host} dihentikan ({reason}). Posisi terakhir disimpan; setelah "
            "penyebabnya diatasi, lanjutkan langganan melalui API.",
            link=f"/langganan/{subscription_id}",
        )
        enqueue(tx, [NewEmail(f"client:{after.client_id}", [notice], EmailKind.NOTICE, after.contact_email)])
