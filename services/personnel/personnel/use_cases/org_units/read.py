"""Read units: the tree, one of them, and what was recorded of it."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from personnel.domain.org_unit import ListOrgUnits, OrgUnitView, UnitTimelineView
from personnel.persistence.org_units import list_tree, load_unit
from personnel.persistence.unit_records import timelines_of, unit_records


def list_org_units(work: UnitOfWork, actor: Principal, query: ListOrgUnits) -> Page[OrgUnitView]:
    """Return units in the order of the tree, as they are or as they stand on any day."""
    with work.transaction(actor.agency_id) as tx:
        return list_tree(tx, query)


def show_org_unit(work: UnitOfWork, actor: Principal, unit_id: UUID) -> OrgUnitView:
    """Return one unit as it is. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        load_unit(tx, unit_id)
        return list_tree(tx, ListOrgUnits(PageRequest(1), below=unit_id, inactive=True)).items[0]


def show_unit_timeline(work: UnitOfWork, actor: Principal, unit_id: UUID) -> UnitTimelineView:
    """Return what holds of a unit on which days, with all that was recorded. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        version = load_unit(tx, unit_id).version
        records = unit_records(tx, [unit_id])[unit_id]
        return UnitTimelineView(unit_id, version, timelines_of(tx, [unit_id])[unit_id], records)
