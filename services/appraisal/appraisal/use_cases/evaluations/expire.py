"""Deadlines of the annual procedure when nobody acts: deemed receipt, and a window that ends."""

from datetime import datetime
from uuid import UUID

from appraisal.domain.deadlines import deemed_at
from appraisal.domain.values import Receipt
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from appraisal.use_cases.evaluations.receive import start_objection_window
from chassis import audit
from chassis.unit_of_work import Transaction

SYSTEM = "system"


def deem_received(tx: Transaction, evaluation_id: UUID, due_at: datetime) -> None:
    """An issued document that nobody confirmed counts as received at the end of its last day."""
    before = load_evaluation(tx, evaluation_id)
    if before.awaits_receipt:
        start_objection_window(tx, before, deemed_at(due_at, tx.now), Receipt.DEEMED)
        audit.record(tx, SYSTEM, "evaluation_deemed_received", "evaluation", evaluation_id)


def expire_window(tx: Transaction, evaluation_id: UUID) -> None:
    """No objection within the window: the evaluation stands as its appraiser issued it."""
    before = load_evaluation(tx, evaluation_id)
    if before.window_ended(tx.now):
        saved = update_evaluation(tx, before, before.expired(tx.now))
        finalise_evaluation(tx, saved, SYSTEM)
        audit.record(tx, SYSTEM, "evaluation_window_expired", "evaluation", evaluation_id)
