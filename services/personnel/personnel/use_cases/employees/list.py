"""Search people: the whole agency for HR and inspectors, the units they lead for leaders."""

from dataclasses import replace

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from personnel.authorisation import visible_units
from personnel.domain.employee_views import ListedEmployeeView, ListEmployees
from personnel.domain.nip import clean_nip, mask_nip
from personnel.persistence.employees import list_views


def list_employees(work: UnitOfWork, actor: Principal, query: ListEmployees) -> Page[ListedEmployeeView]:
    """Return people by name."""
    with work.transaction(actor.agency_id) as tx:
        nip = clean_nip(query.nip) if query.nip else None
        found = list_views(tx, replace(query, nip=nip), visible_units(tx, actor, query.unit_id))
        detail = {"count": len(found.items), "unit": query.unit_id, "nip": mask_nip(nip) if nip else None}
        given = {name: value for name, value in detail.items() if value is not None}
        audit.record(tx, actor, "employees_listed", "agency", tx.agency_id, **given)
        return found
