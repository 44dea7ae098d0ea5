"""Answer a piece of feedback as its employee, once."""

from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.domain.feedback import Feedback
from appraisal.persistence.feedback import load_feedback, save_answer
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def answer_feedback(work: UnitOfWork, actor: Principal, feedback_id: UUID, *, answer: str) -> Feedback:
    with work.transaction(actor.agency_id) as tx:
        feedback = load_feedback(tx, feedback_id)
        require_self(actor, feedback.employee_id)
        answered = feedback.answered(answer, tx.now)
        save_answer(tx, answered)
        audit.record(tx, actor, "feedback_answered", "plan", feedback.plan_id, feedback_id=feedback_id)
        return answered
