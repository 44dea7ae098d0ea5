"""Which rows of a list a caller sees: one person's, the team's, the agency's, or the caller's own."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from training.persistence import people
from training.use_cases.rights import WHOLE_AGENCY_READERS, authorise_read


def narrowed(
    tx: Transaction,
    actor: Principal,
    query: Select[Any],
    column: InstrumentedAttribute[UUID],
    *,
    what: str,
    employee_id: UUID | None,
    team: bool,
) -> Select[Any]:
    """Add the caller's scope to a query over rows about people, and note the read."""
    if employee_id is not None:
        authorise_read(tx, actor, employee_id, what)
        return query.where(column == employee_id)
    if team:
        audit.record(tx, actor, f"{what}_read", "team", actor.employee_id)
        return query.where(column.in_(people.team_of(actor.employee_id)))
    if actor.has(*WHOLE_AGENCY_READERS):
        audit.record(tx, actor, f"{what}_read", "agency", tx.agency_id)
        return query
    audit.record(tx, actor, f"{what}_read", "employee", actor.employee_id)
    return query.where(column == actor.employee_id)
