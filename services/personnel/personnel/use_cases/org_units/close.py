"""Close a unit from a day on, when nobody and nothing stands in it any more."""

from dataclasses import replace

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.errors import NothingChanged
from personnel.domain.org_unit import CloseOrgUnit, OrgUnit, OrgUnitView
from personnel.domain.stretches import stretch_on
from personnel.domain.unit_timeline import UnitEntry, UnitSeries, record_of, stretches
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import load_unit
from personnel.persistence.unit_records import unit_records
from personnel.use_cases.org_units.publish import entry_by_hand, record_units
from personnel.use_cases.org_units.read import show_org_unit
from personnel.use_cases.org_units.rules import require_sound


def close_org_unit(work: UnitOfWork, actor: Principal, command: CloseOrgUnit) -> OrgUnitView:
    """Record that a unit is closed. Raise NotFound, VersionConflict, UnitHasMembers, NothingChanged."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        unit = load_unit(tx, command.unit_id, lock=True)
        require_version(command.expected_version, unit.version)
        reason, decision = command.reason, command.decision_number
        entry = entry_by_hand(tx, actor, command.effective_from, reason=reason, decision_number=decision)
        record_closure(tx, unit, entry)
        audit.record(tx, actor, "org_unit_closed", "org_unit", unit.id, since=command.effective_from)
        return show_org_unit(work, actor, unit.id)


def record_closure(tx: Transaction, unit: OrgUnit, entry: UnitEntry) -> None:
    """Record that a unit is closed and led by nobody since a day. Raise UnitHasMembers, NothingChanged."""
    kept = unit_records(tx, [unit.id])[unit.id]
    before = stretches(kept)
    state = replace(stretch_on(before, entry.effective_from) or before[0], active=False, leader_id=None)
    asked = [record_of(one, unit.id, state, entry) for one in (UnitSeries.LEADER, UnitSeries.ACTIVE)]
    records = [one for one in asked if stretches([*kept, one]) != before]
    if not records:
        raise NothingChanged
    require_sound(tx, unit.id, before, stretches([*kept, *records]))
    record_units(tx, [unit], records)
