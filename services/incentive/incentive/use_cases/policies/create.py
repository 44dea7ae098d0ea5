"""Draft a policy version."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.domain.policy import Policy, PolicyDraft, PolicyView
from incentive.persistence.policies import insert_policy, next_policy_number


def create_policy(work: UnitOfWork, actor: Principal, draft: PolicyDraft) -> PolicyView:
    draft.check()
    with work.transaction(actor.agency_id) as tx:
        policy = Policy.drafted(new_id(), next_policy_number(tx), draft, actor.account_id, tx.now)
        insert_policy(tx, policy)
        audit.record(tx, actor, "draft_policy", "tukin_policy", policy.id, number=policy.number)
        return PolicyView.of(policy)
