"""Who is eligible for what in the agency, as of the last assessment; for HR and inspectors."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.domain.values import EligibilityKind

_LIST = text(
    "SELECT e.employee_id, e.kind, e.eligible, e.missing, e.as_of, e.review_on, a.unit_id FROM eligibility e "
    "LEFT JOIN LATERAL (SELECT unit_id FROM assignment_version v WHERE v.agency_id = e.agency_id "
    "AND v.employee_id = e.employee_id ORDER BY version DESC LIMIT 1) a ON true WHERE e.agency_id = :agency "
    "AND e.kind = :kind AND (CAST(:eligible AS boolean) IS NULL OR e.eligible = CAST(:eligible AS boolean)) "
    "AND (CAST(:unit AS uuid) IS NULL OR a.unit_id = CAST(:unit AS uuid)) "
    "AND (CAST(:missing AS text) IS NULL OR e.missing @> jsonb_build_array(CAST(:missing AS text))) "
    "AND (CAST(:after AS uuid) IS NULL OR e.employee_id > CAST(:after AS uuid)) ORDER BY e.employee_id LIMIT :limit"
)


@dataclass(frozen=True)
class ListEligibility:
    kind: EligibilityKind
    eligible: bool | None
    unit_id: UUID | None
    missing: str | None
    after: str | None
    limit: int


def list_eligibility(work: UnitOfWork, actor: Principal, query: ListEligibility) -> list[dict[str, Any]]:
    with work.transaction(actor.agency_id) as tx:
        values = {
            "agency": tx.agency_id,
            "kind": query.kind.value,
            "eligible": query.eligible,
            "unit": query.unit_id,
            "missing": query.missing,
            "after": query.after,
            "limit": query.limit,
        }
        rows = [dict(row) for row in tx.session.execute(_LIST, values).mappings()]
        audit.record(tx, actor, "list_eligibility", "eligibility", query.kind.value, people=len(rows))
        return rows
