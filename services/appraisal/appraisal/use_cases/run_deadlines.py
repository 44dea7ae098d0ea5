"""What happens when nobody acts: deemed receipt, a window that ends, a decision that is late."""

from datetime import datetime
from uuid import UUID

from appraisal.domain.periods import deemed_at
from appraisal.domain.values import EvaluationState, Receipt
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.objections import load_objection, update_objection
from appraisal.use_cases.receive_evaluation import mark_received
from appraisal.use_cases.settling import complete
from chassis import audit
from chassis.unit_of_work import Transaction

SYSTEM = "system"


def deem_received(tx: Transaction, evaluation_id: UUID, due_at: datetime) -> None:
    """An issued document that nobody confirmed counts as received at the end of its last day."""
    before = load_evaluation(tx, evaluation_id).evaluation
    if before.state is EvaluationState.ISSUED and before.received_at is None:
        mark_received(tx, before, deemed_at(due_at, tx.now), Receipt.DEEMED)
        audit.record(tx, SYSTEM, "evaluation_deemed_received", "evaluation", evaluation_id)


def expire_window(tx: Transaction, evaluation_id: UUID) -> None:
    """No objection within the window: the evaluation stands as its appraiser issued it."""
    before = load_evaluation(tx, evaluation_id).evaluation
    if before.state is not EvaluationState.ISSUED or before.objection_until is None or tx.now <= before.objection_until:
        return
    after = before.expired(tx.now)
    update_evaluation(tx, before, after)
    complete(tx, after, SYSTEM)
    audit.record(tx, SYSTEM, "evaluation_window_expired", "evaluation", evaluation_id)


def flag_late_decision(tx: Transaction, objection_id: UUID) -> None:
    before = load_objection(tx, objection_id)
    after = before.escalated(tx.now)
    if after is not before:
        update_objection(tx, before, after)
        audit.record(tx, SYSTEM, "objection_escalated", "objection", objection_id)
