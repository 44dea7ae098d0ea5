"""The role-result matrix (matriks peran hasil): whose results support which of a leader's, and where a gap is."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import require_unit
from appraisal.persistence.people import find_unit, rows
from appraisal.persistence.plans import results_of
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.unit_of_work import UnitOfWork

_BELOW = text(
    "SELECT p.employee_id, p.state, r.value ->> 'id' AS work_result_id, r.value ->> 'title' AS title, "
    "r.value ->> 'parent_work_result_id' AS parent_id FROM plan p, jsonb_array_elements(p.content -> 'work_results') r "
    "WHERE p.appraiser_id = :leader AND p.year = :year AND p.state <> 'CLOSED' ORDER BY p.employee_id, p.id"
)


def show_role_results(work: UnitOfWork, actor: Principal, unit_id: UUID, year: int) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        unit = find_unit(tx, unit_id)
        if unit is None:
            raise NotFound(object="unit", id=unit_id)
        try:
            require_unit(tx, actor, unit_id)
        except Forbidden:
            if actor.employee_id is None or actor.employee_id != unit.leader_id:
                raise
        audit.record(tx, actor, "role_results_read", "org_unit", unit_id, year=year)
        if unit.leader_id is None:
            return {"unit_id": unit_id, "year": year, "leader_id": None, "results": [], "unlinked": []}
        below = rows(tx, _BELOW, leader=unit.leader_id, year=year)
        results = [
            {
                "work_result_id": r["id"],
                "title": r["title"],
                "supported_by": [_cell(b) for b in below if b["parent_id"] == r["id"]],
                "gap": not any(b["parent_id"] == r["id"] for b in below),
            }
            for r in results_of(tx, unit.leader_id, year)
        ]
        unlinked = [_cell(b) for b in below if b["parent_id"] is None]
        return {"unit_id": unit_id, "year": year, "leader_id": unit.leader_id, "results": results, "unlinked": unlinked}


def _cell(row: dict[str, Any]) -> dict[str, Any]:
    return {k: row[k] for k in ("employee_id", "work_result_id", "title", "state")}
