"""Deadlines of the annual procedure when nobody acts: deemed receipt, and a window that ends.

The register says when a deadline ends; a timer is the alarm clock, and one that rings too early is set again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from appraisal.domain.cases import CaseEnd
from appraisal.domain.deadlines import deemed_at
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.domain.values import EvaluationState, Receipt
from appraisal.persistence.cases import end_case, lock_case
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from appraisal.use_cases.evaluations.receive import start_objection_window
from chassis import audit, timers
from chassis.unit_of_work import Transaction

SYSTEM = "system"


def deem_received(tx: Transaction, evaluation_id: UUID, due_at: datetime) -> None:
    """An issued document that nobody confirmed counts as received at the end of its last day.

    `due_at` is the timer's: it counts for a document that an earlier release has issued.
    """
    deadline = lock_case(tx, ObligationKind.RECEIPT, evaluation_id)
    due_at = due_at if deadline is None else deadline.due_at
    before = load_evaluation(tx, evaluation_id)
    if not before.awaits_receipt:
        return
    if tx.now < due_at:
        timers.schedule(tx, "deemed_receipt", evaluation_id, due_at)
        return
    start_objection_window(tx, before, deemed_at(due_at, tx.now), Receipt.DEEMED)
    audit.record(tx, SYSTEM, "evaluation_deemed_received", "evaluation", evaluation_id)


def expire_window(tx: Transaction, evaluation_id: UUID) -> None:
    """No objection within the window: the evaluation stands as its appraiser issued it."""
    lock_case(tx, ObligationKind.ANSWER, evaluation_id)
    before = load_evaluation(tx, evaluation_id)
    if before.state is not EvaluationState.ISSUED or before.objection_until is None:
        return
    if not before.window_ended(tx.now):
        timers.schedule(tx, "objection_window", evaluation_id, before.objection_until + timedelta(seconds=1))
        return
    saved = update_evaluation(tx, before, before.expired(tx.now))
    end_case(tx, ObligationKind.ANSWER, evaluation_id, ObligationState.LAPSED, CaseEnd.EXPIRED)
    finalise_evaluation(tx, saved, SYSTEM)
    audit.record(tx, SYSTEM, "evaluation_window_expired", "evaluation", evaluation_id)
