"""Object-level access: a person's record is for himself, his superiors, HR, inspectors and the leader of his unit."""

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import Transaction
from personnel.domain.relation import Relation, Viewer, relation_of
from personnel.domain.views import EmployeeView
from personnel.persistence.models import Employee
from personnel.persistence.reading import units_below

WHOLE_AGENCY = ("hr_officer", "inspector")


def viewer_of(tx: Transaction, actor: Principal) -> Viewer:
    """The caller with the units he leads."""
    led = units_below(tx.session, actor.unit_id) if actor.has("unit_leader") and actor.unit_id else []
    return Viewer(actor.employee_id, actor.roles, frozenset(led))


def require_record(tx: Transaction, actor: Principal, person: EmployeeView | Employee) -> Relation:
    """Give the relation that lets the caller see the whole record; raises Forbidden for a colleague."""
    if isinstance(person, Employee):
        employee_id, appraiser_id = person.id, person.superior_id
    else:
        employee_id, appraiser_id = person.employee_id, person.appraiser_id
    viewer = viewer_of(tx, actor)
    relation = relation_of(viewer, employee_id, (appraiser_id, person.reviewer_id), person.unit_id)
    if not relation.sees_record:
        raise Forbidden
    return relation
