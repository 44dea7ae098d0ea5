"""Read evaluations: one, one's own, or for HR and inspectors all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import WHOLE_AGENCY, require_evaluation_reader, self_of
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.people import rows
from appraisal.use_cases.evaluation_views import evaluation_view
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

_LIST = text(
    "SELECT id, plan_id, plan_version, employee_id, unit_id, appraiser_id, reviewer_id, rated_by, kind, year, quarter, "
    "state, work_result, behaviour, work_result_note, behaviour_note, predicate, competency_codes, revision, version, "
    "issued_at, received_at, receipt, objection_until, final_at, completed_by FROM evaluation "
    "WHERE (CAST(:year AS integer) IS NULL OR year = :year) AND (CAST(:kind AS text) IS NULL OR kind = :kind) "
    "AND (CAST(:quarter AS smallint) IS NULL OR quarter = :quarter) "
    "AND (CAST(:unit AS uuid) IS NULL OR unit_id = :unit) AND (CAST(:state AS text) IS NULL OR state = :state) "
    "AND (CAST(:employee AS uuid) IS NULL OR employee_id = :employee) "
    "AND (CAST(:judge AS uuid) IS NULL OR appraiser_id = :judge OR reviewer_id = :judge) "
    "AND (state <> 'PROPOSED' OR employee_id IS DISTINCT FROM CAST(:me AS uuid)) "
    "AND (CAST(:after AS uuid) IS NULL OR id > :after) ORDER BY id LIMIT :limit"
)


def show_evaluation(work: UnitOfWork, actor: Principal, evaluation_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        stored = load_evaluation(tx, evaluation_id)
        require_evaluation_reader(actor, stored)
        audit.record(tx, actor, "evaluation_read", "evaluation", evaluation_id)
        return evaluation_view(stored.evaluation)


def list_evaluations(
    work: UnitOfWork, actor: Principal, query: Mapping[str, Any], after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """HR and inspectors see the agency's, anybody else those they judge; nobody a proposal about themselves."""
    with work.transaction(actor.agency_id) as tx:
        judge = None if actor.has(*WHOLE_AGENCY) else self_of(actor)
        found = rows(tx, _LIST, **_values(query, after, limit), judge=judge, me=actor.employee_id)
        audit.record(tx, actor, "evaluations_listed", "evaluation_list", query["unit"] or "all", year=query["year"])
        return found


def list_own_evaluations(
    work: UnitOfWork, actor: Principal, query: Mapping[str, Any], after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """A person's own, once their appraiser has finished them."""
    with work.transaction(actor.agency_id) as tx:
        own = {**query, "employee_id": self_of(actor)}
        return rows(tx, _LIST, **_values(own, after, limit), judge=None, me=self_of(actor))


def _values(query: Mapping[str, Any], after: UUID | None, limit: int) -> dict[str, Any]:
    names = ("year", "kind", "quarter", "unit", "state")
    return {**{n: query.get(n) for n in names}, "employee": query.get("employee_id"), "after": after, "limit": limit}
