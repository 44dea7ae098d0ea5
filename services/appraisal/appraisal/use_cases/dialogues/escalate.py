"""Bring a request for a dialogue that was not answered in time before the reviewer."""

from datetime import timedelta
from uuid import UUID

from appraisal.domain.obligation import ObligationKind
from appraisal.events import DialogueEscalated
from appraisal.persistence.cases import lock_case
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.offices import load_offices
from chassis import audit, outbox, timers
from chassis.unit_of_work import Transaction
from directory.questions import reviewers_on, today


def escalate_dialogue(tx: Transaction, subject: UUID) -> None:
    """Publish that a dialogue is late, once, for the reviewer of today; one that is not late yet waits again."""
    deadline = lock_case(tx, ObligationKind.DIALOGUE, subject)
    if deadline is None or not deadline.is_open or deadline.matter_id is None:
        return
    if tx.now <= deadline.due_at:
        timers.schedule(tx, "dialogue_deadline", subject, deadline.due_at + timedelta(seconds=1))
        return
    evaluation = load_evaluation(tx, deadline.matter_id)
    offices = load_offices(tx, {evaluation.employee_id: [evaluation.reviewer_id]}, today(tx), reviewers_on)
    reviewer_id = offices.appraising(evaluation.employee_id, evaluation.reviewer_id)
    outbox.record(tx, DialogueEscalated.of(evaluation, subject, deadline.due_at, reviewer_id))
    audit.record(tx, "system", "dialogue_escalated", "evaluation", evaluation.id, dialogue_id=subject)
