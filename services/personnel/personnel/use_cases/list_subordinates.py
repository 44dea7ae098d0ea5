"""The people whose superior somebody is."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.relation import Relation
from personnel.domain.views import ListedEmployee
from personnel.persistence.reading import list_subordinates_of
from personnel.use_cases.access import require_record
from personnel.use_cases.steps import employee_of


def list_subordinates(
    work: UnitOfWork, actor: Principal, employee_id: UUID, *, after: tuple[str, UUID] | None, limit: int
) -> list[ListedEmployee]:
    """Direct subordinates by name, for those who may see the superior's own record; raises NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        relation = require_record(tx, actor, employee_of(tx, employee_id))
        found = list_subordinates_of(tx.session, employee_id, after=after, limit=limit)
        if relation is not Relation.SELF:
            audit.record(tx, actor, "subordinates_listed", "employee", employee_id, relation=relation)
        return found
