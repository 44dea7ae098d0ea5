"""Let a policy version hold."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.domain.errors import PolicyNeedsSecondPerson
from incentive.domain.policy import rules_from
from incentive.persistence.marks import mark_everybody
from incentive.use_cases.show_policies import PolicyView, policy_view, require_policy


def publish_policy(work: UnitOfWork, actor: Principal, policy_id: UUID) -> PolicyView:
    """Let a version hold; months run already are looked at again and corrected by the next run.

    A version that lets one person run and approve a month is itself a matter of two: its writer does not publish it.
    """
    with work.transaction(actor.agency_id) as tx:
        row = require_policy(tx, policy_id, lock=True)
        if row.state == "PUBLISHED":
            return policy_view(row)
        if row.written_by == actor.account_id and not rules_from(row.rules).second_person_approves:
            raise PolicyNeedsSecondPerson
        row.state = "PUBLISHED"
        row.published_by = actor.account_id
        row.published_at = tx.now
        row.version += 1
        mark_everybody(tx, row.valid_from, row.valid_to, "policy")
        audit.record(tx, actor, "publish_policy", "tukin_policy", row.id, number=row.number)
        return policy_view(row)
