"""Read the tree of units; anybody inside the agency may."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from personnel.domain.org_unit import ListOrgUnits, OrgUnitView
from personnel.persistence.org_units import list_tree, load_unit


def list_org_units(work: UnitOfWork, actor: Principal, query: ListOrgUnits) -> Page[OrgUnitView]:
    """Return units in the order of the tree, as they are or as they were on a day."""
    with work.transaction(actor.agency_id) as tx:
        return list_tree(tx, query)


def show_org_unit(work: UnitOfWork, actor: Principal, unit_id: UUID) -> OrgUnitView:
    """Return one unit as it is. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        load_unit(tx, unit_id)
        return list_tree(tx, ListOrgUnits(PageRequest(1), below=unit_id, inactive=True)).items[0]
