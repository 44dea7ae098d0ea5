"""Read the feedback on a plan; a giver who has no other relation reads their own only."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import require_log_reader, self_of
from appraisal.persistence.people import rows
from appraisal.persistence.plans import load_plan
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork

_LIST = text(
    "SELECT id, plan_id, employee_id, giver_id, giver_role, work_result_id, behaviour_value, text, evidence_link, "
    "given_at, answer, answered_at FROM feedback WHERE plan_id = :plan "
    "AND (CAST(:giver AS uuid) IS NULL OR giver_id = :giver) "
    "AND (CAST(:after AS uuid) IS NULL OR id > :after) ORDER BY id LIMIT :limit"
)


def list_feedback(
    work: UnitOfWork, actor: Principal, plan_id: UUID, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, plan_id).plan
        giver = None
        try:
            require_log_reader(actor, plan)
        except Forbidden:
            giver = self_of(actor)
        found = rows(tx, _LIST, plan=plan_id, giver=giver, after=after, limit=limit)
        if giver is not None and not found:
            raise Forbidden
        audit.record(tx, actor, "feedback_read", "plan", plan_id)
        return found
