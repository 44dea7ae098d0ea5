"""Make a new secret; calls are signed with both until the overlap is over."""

from datetime import timedelta
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import require_client
from notification.clients.sealing import SecretBox, new_secret
from notification.domain.subscription import OPEN, NewSecretView
from notification.persistence.subscriptions import add_secret, load_subscription


def rotate_secret(
    work: UnitOfWork, actor: Principal, subscription_id: UUID, *, overlap: timedelta, box: SecretBox
) -> NewSecretView:
    with work.transaction(actor.agency_id) as tx:
        subscription = load_subscription(tx, subscription_id, lock=True)
        require_client(actor, subscription.client_id)
        subscription.require(*OPEN)
        secret = new_secret()
        ends = add_secret(tx, subscription_id, box.seal(secret), overlap)
        audit.record(tx, actor, "rotate_secret", "subscription", subscription_id)
        return NewSecretView(secret, ends)
