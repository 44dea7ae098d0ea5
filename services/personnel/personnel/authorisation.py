"""Who may see a person's record: the person, the superiors, HR, inspectors and the leader of the unit or one above."""

from collections.abc import Sequence
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import Transaction
from personnel.domain.employee import Employee
from personnel.domain.employee_views import EmployeeView
from personnel.domain.relation import Relation, Viewer, relation_of
from personnel.persistence.employees import superior_of
from personnel.persistence.org_units import units_below

WHOLE_AGENCY = ("hr_officer", "inspector")


def require_record_reader(tx: Transaction, actor: Principal, person: Employee | EmployeeView) -> Relation:
    """Return the relation by which the caller may see the whole record. Raise Forbidden for a colleague."""
    if isinstance(person, Employee):
        employee_id, appraiser_id = person.id, person.superior_id
        reviewer_id = superior_of(tx, appraiser_id) if appraiser_id else None
    else:
        employee_id, appraiser_id, reviewer_id = person.employee_id, person.appraiser_id, person.reviewer_id
    viewer = Viewer(actor.employee_id, actor.roles, frozenset(_led_units(tx, actor)))
    relation = relation_of(viewer, employee_id, (appraiser_id, reviewer_id), person.unit_id)
    if not relation.sees_record:
        raise Forbidden
    return relation


def require_one_of(actor: Principal, *concerned: UUID) -> None:
    """Raise Forbidden for whoever is none of those concerned, and neither HR officer nor inspector."""
    if not (actor.has(*WHOLE_AGENCY) or any(actor.is_about(one) for one in concerned)):
        raise Forbidden


def visible_units(tx: Transaction, actor: Principal, unit_id: UUID | None) -> Sequence[UUID] | None:
    """Return the units whose people the caller may list, narrowed to `unit_id` and below; None: the whole agency."""
    units = units_below(tx, unit_id) if unit_id else None
    if actor.has(*WHOLE_AGENCY):
        return units
    led = set(_led_units(tx, actor))
    return sorted(led) if units is None else [unit for unit in units if unit in led]


def _led_units(tx: Transaction, actor: Principal) -> list[UUID]:
    return units_below(tx, actor.unit_id) if actor.has("unit_leader") and actor.unit_id else []
