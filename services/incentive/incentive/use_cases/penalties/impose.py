"""Enter a discipline penalty as its letter says (PP 94/2021); pay and medal follow."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.authorisation import require_colleague
from incentive.domain.penalty import ImposePenalty, Penalty, PenaltyView
from incentive.persistence.penalties import insert_penalty
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_since


def impose_penalty(tx: Transaction, actor: Principal, command: ImposePenalty) -> PenaltyView:
    command.check()
    require_colleague(tx, actor, command.employee_id)
    penalty = Penalty.imposed(new_id(), command, actor.account_id, tx.now)
    insert_penalty(tx, penalty)
    enqueue_since(tx, {penalty.employee_id: penalty.from_month}, "discipline")
    enqueue_reassessment(tx, penalty.employee_id)
    audit.record(tx, actor, "impose_penalty", "employee", penalty.employee_id, penalty_id=penalty.id)
    return PenaltyView.of(penalty)
