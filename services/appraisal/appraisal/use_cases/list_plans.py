"""List plans of the units somebody oversees, or of one's own subordinates."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import scope_of
from appraisal.persistence.people import rows
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork

_LIST = text(
    "SELECT id, employee_id, year, unit_id, appraiser_id, reviewer_id, state, plan_version, active_version, version, "
    "model, updated_at FROM plan WHERE (CAST(:year AS integer) IS NULL OR year = :year) "
    "AND (CAST(:unit AS uuid) IS NULL OR unit_id = :unit) AND (CAST(:state AS text) IS NULL OR state = :state) "
    "AND (CAST(:employee AS uuid) IS NULL OR employee_id = :employee) "
    "AND (CAST(:appraiser AS uuid) IS NULL OR appraiser_id = :appraiser) "
    "AND (CAST(:units AS uuid[]) IS NULL OR unit_id = ANY(:units)) "
    "AND (CAST(:after AS uuid) IS NULL OR id > :after) ORDER BY id LIMIT :limit"
)


def list_plans(
    work: UnitOfWork, actor: Principal, query: Mapping[str, Any], after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        units = scope_of(tx, actor)
        appraiser = None
        if units is not None and not units:
            if actor.employee_id is None:
                raise Forbidden
            units, appraiser = None, actor.employee_id
        values = {
            "year": query["year"],
            "unit": query["unit"],
            "state": query["state"],
            "employee": query["employee_id"],
            "appraiser": appraiser,
            "units": None if units is None else list(units),
            "after": after,
            "limit": limit,
        }
        audit.record(tx, actor, "plans_listed", "plan_list", query["unit"] or "all", year=query["year"])
        return rows(tx, _LIST, **values)
