"""Change a unit by hand, from today or another day on: code, name, parent, leader, active."""

from msgspec import UNSET

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.errors import NothingChanged
from personnel.domain.org_unit import ChangeOrgUnit, OrgUnitView, changed_state
from personnel.domain.stretches import stretch_on
from personnel.domain.unit_timeline import VALUES, UnitSeries, record_of, stretches
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import load_unit
from personnel.persistence.unit_records import unit_records
from personnel.use_cases.org_units.publish import entry_by_hand, record_units, require_known
from personnel.use_cases.org_units.read import show_org_unit
from personnel.use_cases.org_units.rules import require_sound


def change_org_unit(work: UnitOfWork, actor: Principal, command: ChangeOrgUnit) -> OrgUnitView:
    """Record what is given. Raise NothingChanged, VersionConflict, or what would be unsound."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        unit = load_unit(tx, command.unit_id, lock=True)
        require_version(command.expected_version, unit.version)
        kept = unit_records(tx, [unit.id])[unit.id]
        before = stretches(kept)
        entry = entry_by_hand(
            tx,
            actor,
            command.effective_from,
            reason=command.reason,
            decision_number=command.decision_number,
            replaces_later=command.replaces_later,
        )
        state = changed_state(stretch_on(before, entry.effective_from) or before[0], command)
        asked = [record_of(one, unit.id, state, entry) for one in _given_series(command)]
        records = [one for one in asked if stretches([*kept, one]) != before]
        if not records:
            raise NothingChanged
        parent_id = state.parent_id if any(one.series is UnitSeries.PARENT for one in records) else None
        leader_id = state.leader_id if any(one.series is UnitSeries.LEADER for one in records) else None
        require_known(tx, parent_id=parent_id, leader_id=leader_id)
        require_sound(tx, unit.id, before, stretches([*kept, *records]))
        record_units(tx, [unit.led_by_hand(command)], records)
        changed = sorted(one.series for one in records)
        audit.record(tx, actor, "org_unit_changed", "org_unit", unit.id, series=changed, since=entry.effective_from)
        return show_org_unit(work, actor, unit.id)


def _given_series(command: ChangeOrgUnit) -> list[UnitSeries]:
    return [one for one in UnitSeries if any(getattr(command, name) is not UNSET for name in VALUES[one])]
