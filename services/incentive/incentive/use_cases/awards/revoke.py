"""Revoke an award by a numbered decision, with the reason."""

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import Transaction
from incentive.domain.award import AwardView, RevokeAward
from incentive.events import AwardRevoked
from incentive.persistence.awards import load_award, update_award
from incentive.persistence.reassessments import enqueue_reassessment


def revoke_award(tx: Transaction, actor: Principal, command: RevokeAward) -> AwardView:
    before = load_award(tx, command.award_id, lock=True)
    need_other(actor, before.employee_id)
    after = before.revoked(command, actor.account_id)
    require_version(command.expected_version, before.version)
    update_award(tx, before, after)
    outbox.record(tx, AwardRevoked(award_id=after.id, employee_id=after.employee_id, kind=after.kind, year=after.year))
    enqueue_reassessment(tx, after.employee_id)
    audit.record(tx, actor, "revoke_award", "employee", after.employee_id, award_id=after.id)
    return AwardView.of(after)
