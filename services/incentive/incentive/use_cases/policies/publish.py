"""Publish a policy version; months run already are corrected by the next run."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.domain.policy import PolicyView
from incentive.persistence.policies import load_policy, update_policy
from incentive.persistence.recalculations import enqueue_everybody


def publish_policy(work: UnitOfWork, actor: Principal, policy_id: UUID) -> PolicyView:
    """Publish it once; doing it again changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        before = load_policy(tx, policy_id, lock=True)
        after = before.published(actor.account_id, tx.now)
        if after is not before:
            update_policy(tx, before, after)
            enqueue_everybody(tx, after.valid_from, after.valid_to, "policy")
            audit.record(tx, actor, "publish_policy", "tukin_policy", after.id, number=after.number)
        return PolicyView.of(after)
