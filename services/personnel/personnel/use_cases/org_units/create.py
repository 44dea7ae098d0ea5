"""Add a unit to the tree by hand, from today or another day on."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.org_unit import CreateOrgUnit, OrgUnit, OrgUnitView
from personnel.domain.unit_timeline import records_between, stretches
from personnel.persistence.employees import lock_reporting_lines
from personnel.use_cases.org_units.publish import entry_by_hand, record_units, require_known
from personnel.use_cases.org_units.read import show_org_unit
from personnel.use_cases.org_units.rules import require_sound


def create_org_unit(work: UnitOfWork, actor: Principal, command: CreateOrgUnit) -> OrgUnitView:
    """Add a unit. Raise UnitCodeTaken, InvalidInput for an unknown or closed parent or an unknown leader."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        require_known(tx, parent_id=command.parent_id, leader_id=command.leader_id)
        unit = OrgUnit(new_id(), command.code, command.name, command.parent_id, command.leader_id)
        reason, decision = command.reason, command.decision_number
        entry = entry_by_hand(tx, actor, command.effective_from, reason=reason, decision_number=decision)
        records = records_between(None, unit.id, unit.state, entry)
        require_sound(tx, unit.id, [], stretches(records))
        record_units(tx, [unit], records)
        audit.record(tx, actor, "org_unit_created", "org_unit", unit.id)
        return show_org_unit(work, actor, unit.id)
