"""Rewrite a draft; a published version is never edited."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from incentive.domain.policy import ChangePolicy, PolicyView
from incentive.persistence.policies import load_policy, update_policy


def change_policy(work: UnitOfWork, actor: Principal, command: ChangePolicy) -> PolicyView:
    command.draft.check()
    with work.transaction(actor.agency_id) as tx:
        before = load_policy(tx, command.policy_id, lock=True)
        after = before.rewritten(command.draft, actor.account_id)
        require_version(command.expected_version, before.version)
        update_policy(tx, before, after)
        audit.record(tx, actor, "change_policy", "tukin_policy", after.id, number=after.number)
        return PolicyView.of(after)
