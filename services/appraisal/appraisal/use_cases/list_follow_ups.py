"""List coaching and counselling cases, without their words."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.authorisation import self_of
from appraisal.persistence.people import rows
from appraisal.use_cases.follow_up_steps import COLUMNS
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork

_LIST = text(
    f"SELECT {COLUMNS} FROM follow_up f LEFT JOIN staff s ON s.employee_id = f.employee_id "  # noqa: S608
    "WHERE (CAST(:state AS text) IS NULL OR f.state = :state) AND (CAST(:kind AS text) IS NULL OR f.kind = :kind) "
    "AND (CAST(:person AS uuid) IS NULL OR f.employee_id = :person OR f.assigned_to = :person "
    "OR (f.kind = 'COACHING' AND s.appraiser_id = :person)) "
    "AND (CAST(:after AS uuid) IS NULL OR f.id > :after) ORDER BY f.id LIMIT :limit"
)


def list_follow_ups(
    work: UnitOfWork, actor: Principal, query: Mapping[str, Any], after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """HR sees that cases exist, not their words; others see the cases they are part of."""
    with work.transaction(actor.agency_id) as tx:
        person = None if actor.has("hr_officer") else self_of(actor)
        values = {"state": query["state"], "kind": query["kind"], "person": person, "after": after, "limit": limit}
        audit.record(tx, actor, "follow_ups_listed", "follow_up_list", person or "all")
        return rows(tx, _LIST, **values)
