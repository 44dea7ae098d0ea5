"""List the people whose superior somebody is."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from personnel.authorisation import require_record_reader
from personnel.domain.employee_views import ListedEmployeeView
from personnel.domain.relation import Relation
from personnel.persistence import employees


def list_subordinates(
    work: UnitOfWork, actor: Principal, employee_id: UUID, *, page: PageRequest
) -> Page[ListedEmployeeView]:
    """Return direct subordinates by name, to those who may see the superior's own record. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        relation = require_record_reader(tx, actor, employees.load_employee(tx, employee_id))
        found = employees.list_subordinates(tx, employee_id, page)
        if relation is not Relation.SELF:
            audit.record(tx, actor, "subordinates_listed", "employee", employee_id, relation=relation)
        return found
