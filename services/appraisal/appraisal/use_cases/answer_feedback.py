"""The employee answers a piece of feedback, once."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import require_self
from appraisal.domain.errors import FeedbackAnswered
from appraisal.persistence.people import rows
from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork

_FIND = text("SELECT employee_id, plan_id FROM feedback WHERE id = :id")
_ANSWER = text(
    "UPDATE feedback SET answer = :answer, answered_at = :now WHERE id = :id AND answer IS NULL "
    "RETURNING id, plan_id, employee_id, giver_id, giver_role, work_result_id, behaviour_value, text, evidence_link, "
    "given_at, answer, answered_at"
)


def answer_feedback(work: UnitOfWork, actor: Principal, feedback_id: UUID, answer: str) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        found = tx.session.execute(_FIND, {"id": feedback_id}).first()
        if found is None:
            raise NotFound(object="umpan balik", id=feedback_id)
        require_self(actor, found.employee_id)
        answered = rows(tx, _ANSWER, id=feedback_id, answer=answer, now=tx.now)
        if not answered:
            raise FeedbackAnswered
        audit.record(tx, actor, "feedback_answered", "plan", found.plan_id, feedback_id=feedback_id)
        return answered[0]
