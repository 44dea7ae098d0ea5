"""Take a grant back: feed and webhooks of the client stop at once."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from notification.domain.grant import Grant, GrantView
from notification.domain.subscription import SubscriptionState
from notification.persistence.grants import load_grant, save_revocation
from notification.persistence.subscriptions import lock_subscriptions_of
from notification.use_cases.subscriptions.disable import disable_subscription


def revoke_grant(work: UnitOfWork, actor: Principal, grant_id: UUID, *, reason: str) -> GrantView:
    with work.transaction(actor.agency_id) as tx:
        grant = end_grant(tx, actor, load_grant(tx, grant_id, lock=True), reason)
        delivering = (SubscriptionState.ACTIVE, SubscriptionState.PAUSED)
        for subscription in lock_subscriptions_of(tx, grant.client_id, *delivering):
            disable_subscription(tx, subscription, subscription.disabled("GRANT_ENDED"))
        return GrantView.of(grant)


def end_grant(tx: Transaction, actor: Principal, grant: Grant, reason: str) -> Grant:
    """End a grant, also because another one takes its place. Raise GrantRevoked."""
    revoked = grant.revoked(actor.account_id, tx.now, reason)
    save_revocation(tx, revoked)
    audit.record(tx, actor, "revoke_grant", "grant", grant.grant_id, client_id=grant.client_id)
    return revoked
