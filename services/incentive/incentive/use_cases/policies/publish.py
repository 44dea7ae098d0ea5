"""Publish a policy version; months run already are corrected by the next run."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import Transaction
from incentive.domain.policy import PolicyView, PublishPolicy
from incentive.persistence.policies import load_policy, update_policy
from incentive.persistence.recalculations import enqueue_everybody


def publish_policy(tx: Transaction, actor: Principal, command: PublishPolicy) -> PolicyView:
    """Publish it as it was read; doing it again changes nothing."""
    before = load_policy(tx, command.policy_id, lock=True)
    require_version(command.expected_version, before.version)
    after = before.published(actor.account_id, tx.now)
    if after is not before:
        update_policy(tx, before, after)
        enqueue_everybody(tx, after.valid_from, after.valid_to, "policy")
        audit.record(tx, actor, "publish_policy", "tukin_policy", after.id, number=after.number)
    return PolicyView.of(after)
