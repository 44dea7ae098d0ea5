"""Revoke a penalty by a further letter; what it took is paid back by the next run."""

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.unit_of_work import Transaction
from incentive.domain.penalty import PenaltyView, RevokePenalty
from incentive.persistence.penalties import load_penalty, update_revocation
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_since


def revoke_penalty(tx: Transaction, actor: Principal, command: RevokePenalty) -> PenaltyView:
    before = load_penalty(tx, command.penalty_id)
    need_other(actor, before.employee_id)
    after = before.revoked(command.letter_number, actor.account_id, tx.now)
    update_revocation(tx, after)
    enqueue_since(tx, {after.employee_id: after.from_month}, "discipline")
    enqueue_reassessment(tx, after.employee_id)
    audit.record(tx, actor, "revoke_penalty", "employee", after.employee_id, penalty_id=after.id)
    return PenaltyView.of(after)
