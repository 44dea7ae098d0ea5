"""Remind an employee of a document that they have not confirmed."""

from datetime import datetime
from uuid import UUID

from appraisal.domain.obligation import ObligationKind
from appraisal.events import ReceiptAwaited
from appraisal.persistence.cases import lock_case
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.periods import setting_of
from appraisal.use_cases.evaluations.issue import remind_later
from chassis import outbox
from chassis.unit_of_work import Transaction


def remind_of_receipt(tx: Transaction, evaluation_id: UUID, due_at: datetime, number: int) -> None:
    """Publish a reminder while the receipt is awaited, with the day on which it will be deemed; and set the next one.

    After the last one it stays in the register, where HR finds who has not received what.
    """
    deadline = lock_case(tx, ObligationKind.RECEIPT, evaluation_id)
    evaluation = load_evaluation(tx, evaluation_id)
    if not evaluation.awaits_receipt:
        return
    outbox.record(tx, ReceiptAwaited.of(evaluation, number, None if deadline is None else deadline.due_at))
    remind_later(tx, setting_of(tx, evaluation.period), evaluation, max(due_at, tx.now), number + 1)
