"""An evaluation that its reviewer returned is owed by its appraiser again, with days to finish it."""

from datetime import datetime

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.extensions import DeadlineExtension, ExtensionCause, ExtensionOutcome, Move
from appraisal.domain.outages import days_between
from appraisal.domain.setting import AgencySetting
from appraisal.persistence.extensions import lock_evaluation_owed, save_moves
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction

# The employee reads the history of this deadline, and must not learn of the review.
_REASON = "Pejabat penilai mendapat waktu untuk menyelesaikan usulan penilaiannya"


def owe_rating_again(
    tx: Transaction, actor: Principal, setting: AgencySetting, proposal: Evaluation
) -> datetime | None:
    """Let it be owed for as many days as a review has, or until its deadline where that is later; return until when."""
    until = setting.deadline(tx.now, setting.review_rule.days)
    owed = lock_evaluation_owed(tx, proposal.employee_id, proposal.period)
    if owed is not None and owed.due_at < until:
        entry = DeadlineExtension(
            id=new_id(),
            obligation_id=owed.id,
            cause=ExtensionCause.GRANT,
            outage_id=None,
            outcome=ExtensionOutcome.REOPENED,
            days=days_between(owed.due_at, until, setting.time_zone),
            due_before=owed.due_at,
            due_after=until,
            reason=_REASON,
            order_reference="",
            set_by=actor.account_id,
            set_at=tx.now,
        )
        save_moves(tx, [Move(owed, entry)])
    refresh_obligations(tx, [proposal.employee_id], proposal.year)
    owed = lock_evaluation_owed(tx, proposal.employee_id, proposal.period)
    return None if owed is None else owed.due_at
