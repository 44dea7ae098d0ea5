"""Revoke a penalty by a further letter; what it took is paid back by the next run."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.unit_of_work import UnitOfWork
from incentive.domain.penalty import PenaltyView
from incentive.persistence.penalties import load_penalty, update_revocation
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_since


def revoke_penalty(work: UnitOfWork, actor: Principal, penalty_id: UUID, *, letter_number: str) -> PenaltyView:
    with work.transaction(actor.agency_id) as tx:
        before = load_penalty(tx, penalty_id)
        need_other(actor, before.employee_id)
        after = before.revoked(letter_number, actor.account_id, tx.now)
        update_revocation(tx, after)
        enqueue_since(tx, {after.employee_id: after.from_month}, "discipline")
        enqueue_reassessment(tx, after.employee_id)
        audit.record(tx, actor, "revoke_penalty", "employee", after.employee_id, penalty_id=after.id)
        return PenaltyView.of(after)
