"""Add a unit to the tree by hand."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.errors import UnitCodeTaken
from personnel.domain.org_unit import CreateOrgUnit, OrgUnit, OrgUnitView
from personnel.domain.records import Source
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import code_is_taken
from personnel.use_cases.org_units.publish import publish_units, require_known
from personnel.use_cases.org_units.read import show_org_unit


def create_org_unit(work: UnitOfWork, actor: Principal, command: CreateOrgUnit) -> OrgUnitView:
    """Add a unit. Raise UnitCodeTaken, InvalidInput for an unknown parent or leader."""
    with work.transaction(actor.agency_id) as tx:
        agency = own_agency(tx)
        lock_reporting_lines(tx)
        if code_is_taken(tx, command.code):
            raise UnitCodeTaken(unit_code=command.code)
        require_known(tx, parent_id=command.parent_id, leader_id=command.leader_id)
        unit = OrgUnit(new_id(), command.code, command.name, command.parent_id, command.leader_id)
        publish_units(tx, [unit], effective_from=agency.today(tx.now), by=actor.account_id, source=Source.HAND)
        audit.record(tx, actor, "org_unit_created", "org_unit", unit.id)
        return show_org_unit(work, actor, unit.id)
