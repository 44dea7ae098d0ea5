"""Correct a unit by hand: code, name, parent, leader, active."""

from dataclasses import fields

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.cycles import would_close_cycle
from personnel.domain.errors import NothingChanged, UnitCodeTaken, UnitCycle, UnitHasMembers
from personnel.domain.org_unit import ChangeOrgUnit, OrgUnit, OrgUnitView
from personnel.domain.records import Source
from personnel.persistence.agencies import today
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import code_is_taken, count_members, load_unit, parents_of_all
from personnel.use_cases.org_units.publish import publish_units, require_known
from personnel.use_cases.org_units.read import show_org_unit


def change_org_unit(work: UnitOfWork, actor: Principal, command: ChangeOrgUnit) -> OrgUnitView:
    """Change a unit. Raise NothingChanged, UnitCodeTaken, UnitCycle, UnitHasMembers, VersionConflict."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        before = load_unit(tx, command.unit_id, lock=True)
        require_version(command.expected_version, before.version)
        after = before.changed(command)
        if after == before:
            raise NothingChanged
        _require_allowed(tx, before, after)
        publish_units(tx, [after], effective_from=today(tx), by=actor.account_id, source=Source.HAND)
        changed = [
            item.name for item in fields(command) if getattr(before, item.name, 0) != getattr(after, item.name, 0)
        ]
        audit.record(tx, actor, "org_unit_changed", "org_unit", before.id, fields=sorted(changed))
        return show_org_unit(work, actor, before.id)


def _require_allowed(tx: Transaction, before: OrgUnit, after: OrgUnit) -> None:
    if after.code != before.code and code_is_taken(tx, after.code):
        raise UnitCodeTaken(unit_code=after.code)
    parent_changed = after.parent_id != before.parent_id
    require_known(
        tx,
        parent_id=after.parent_id if parent_changed else None,
        leader_id=after.leader_id if after.leader_id != before.leader_id else None,
    )
    if parent_changed and after.parent_id and would_close_cycle(after.id, after.parent_id, parents_of_all(tx).get):
        raise UnitCycle
    if before.active and not after.active:
        people, units = count_members(tx, after.id)
        if people or units:
            raise UnitHasMembers(people=people, units=units)
