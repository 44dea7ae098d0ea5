"""Read the daily log of a plan, oldest first."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import require_log_reader
from appraisal.persistence.people import rows
from appraisal.persistence.plans import load_plan
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

_LIST = text(
    "SELECT id, plan_id, employee_id, work_result_id, day AS date, text, evidence_link, quantity, unit, recorded_at "
    "FROM progress WHERE plan_id = :plan AND (CAST(:result AS uuid) IS NULL OR work_result_id = :result) "
    "AND (CAST(:since AS date) IS NULL OR day >= :since) AND (CAST(:until AS date) IS NULL OR day <= :until) "
    "AND (CAST(:after AS uuid) IS NULL OR id > :after) ORDER BY id LIMIT :limit"
)


def list_progress(
    work: UnitOfWork, actor: Principal, plan_id: UUID, query: Mapping[str, Any], after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        require_log_reader(actor, load_plan(tx, plan_id).plan)
        audit.record(tx, actor, "progress_read", "plan", plan_id)
        return rows(
            tx,
            _LIST,
            plan=plan_id,
            result=query["work_result_id"],
            since=query["since"],
            until=query["until"],
            after=after,
            limit=limit,
        )
