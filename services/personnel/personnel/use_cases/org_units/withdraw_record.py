"""Withdraw what was recorded of a unit: its timeline is then as if it had not been recorded."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import required
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.errors import UnitRecordNeeded, UnitRecordWithdrawn
from personnel.domain.org_unit import UnitTimelineView, WithdrawUnitRecord
from personnel.domain.records import Cause
from personnel.domain.unit_timeline import stretches
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import load_unit
from personnel.persistence.unit_records import save_withdrawal, unit_records
from personnel.use_cases.org_units.publish import publish_timelines
from personnel.use_cases.org_units.read import show_unit_timeline
from personnel.use_cases.org_units.rules import require_sound


def withdraw_unit_record(work: UnitOfWork, actor: Principal, command: WithdrawUnitRecord) -> UnitTimelineView:
    """Withdraw a record. Raise NotFound, VersionConflict, UnitRecordWithdrawn, UnitRecordNeeded, or what is unsound."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        unit = load_unit(tx, command.unit_id, lock=True)
        require_version(command.expected_version, unit.version)
        kept = unit_records(tx, [unit.id])[unit.id]
        named = next((one for one in kept if str(one.id) == command.record_id), None)
        found = required(named, "catatan", command.record_id)
        if found.withdrawn_at is not None:
            raise UnitRecordWithdrawn
        withdrawn = found.withdrawn(tx.now, actor.account_id, command.reason)
        after = stretches([withdrawn if one is found else one for one in kept])
        if not after:
            raise UnitRecordNeeded
        require_sound(tx, unit.id, stretches(kept), after)
        save_withdrawal(tx, withdrawn)
        publish_timelines(tx, [unit], {unit.id: after}, Cause.CORRECTION)
        audit.record(tx, actor, "org_unit_record_withdrawn", "org_unit", unit.id, record_id=found.id)
        return show_unit_timeline(work, actor, unit.id)
