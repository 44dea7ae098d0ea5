"""Save what was recorded of units, and publish the timelines that follow from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from chassis import outbox, timers
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from personnel.domain.agency import Agency
from personnel.domain.org_unit import OrgUnit
from personnel.domain.records import Cause, Source
from personnel.domain.stretches import first_differences, stretch_on
from personnel.domain.unit_timeline import (
    VALUES,
    UnitEntry,
    UnitRecord,
    UnitStretch,
    records_between,
    state_today,
    stretches,
)
from personnel.events import OrgUnitChanged, OrgUnitTimelineChanged
from personnel.persistence import employees, org_units
from personnel.persistence.agencies import own_agency
from personnel.persistence.unit_records import add_unit_records, save_timelines, timelines_of, unit_records

TIMER = "units_day"


@dataclass(frozen=True)
class UnitTimelines:
    """The timelines of some units as they were published and as they are now, by unit."""

    before: Mapping[UUID, Sequence[UnitStretch]]
    after: Mapping[UUID, Sequence[UnitStretch]]


def entry_by_hand(
    tx: Transaction,
    actor: Principal,
    effective_from: date | None,
    *,
    reason: str | None,
    decision_number: str | None,
    replaces_later: bool = False,
) -> UnitEntry:
    """Return who records something, since when and why; without a day it holds from today on."""
    today = own_agency(tx).today(tx.now)
    return UnitEntry(
        effective_from=effective_from or today,
        recorded_on=today,
        recorded_at=tx.now,
        recorded_by=actor.account_id,
        source=Source.HAND,
        replaces_later=replaces_later,
        reason=reason,
        decision_number=decision_number,
    )


def publish_units(
    tx: Transaction, units: Iterable[OrgUnit], *, effective_from: date, by: UUID | None, source: Source
) -> None:
    """Record the new state of each unit since a day, of a file or of a leader who has become known; publish it.

    A unit that was to begin on a later day begins on this one, for the file says that it is there.
    """
    given = sorted(units, key=lambda unit: unit.id)
    ids = [unit.id for unit in given]
    known, timelines = org_units.find_units(tx, ids), timelines_of(tx, ids)
    entry = UnitEntry(
        effective_from=effective_from,
        recorded_on=own_agency(tx).today(tx.now),
        recorded_at=tx.now,
        recorded_by=by,
        source=source,
        replaces_later=source is Source.IMPORT,
    )
    records = []
    for unit in given:
        has_begun = stretch_on(timelines[unit.id], effective_from) is not None
        records += records_between(known[unit.id].state if has_begun else None, unit.id, unit.state, entry)
    record_units(tx, given, records)


def record_units(tx: Transaction, units: Sequence[OrgUnit], records: Sequence[UnitRecord]) -> UnitTimelines:
    """Store records of these units, and publish what follows from them."""
    kept = unit_records(tx, [unit.id for unit in units])
    timelines = {
        unit.id: stretches([*kept[unit.id], *(one for one in records if one.unit_id == unit.id)]) for unit in units
    }
    cause = Cause.CORRECTION if any(one.corrects for one in records) else Cause.CHANGE
    published = publish_timelines(tx, units, timelines, cause)
    add_unit_records(tx, records)
    return published


def publish_timelines(
    tx: Transaction, units: Sequence[OrgUnit], timelines: Mapping[UUID, Sequence[UnitStretch]], cause: Cause
) -> UnitTimelines:
    """Save the timelines and what holds of them today; publish each that differs from what was published before."""
    agency, ids = own_agency(tx), [unit.id for unit in units]
    before, today = timelines_of(tx, ids), agency.today(tx.now)
    # what was not published yet differs from its first day on
    published = {unit.id: before[unit.id] if unit.timeline_version else [] for unit in units}
    first_days = {one: first_differences(published[one], timelines[one], VALUES) for one in ids}
    numbered = [
        replace(
            unit.with_state(state_today(timelines[unit.id], today)),
            version=unit.version + 1,
            timeline_version=unit.timeline_version + bool(first_days[unit.id]),
        )
        for unit in units
    ]
    org_units.save_units(tx, numbered)
    save_timelines(tx, timelines)
    for unit in numbered:
        if days := first_days[unit.id]:
            outbox.record(tx, OrgUnitTimelineChanged.of(unit, timelines[unit.id], min(days.values())))
            outbox.record(tx, OrgUnitChanged.of(unit, days, cause))
    plan_days(tx, agency, (one.first_day for stretches in timelines.values() for one in stretches))
    return UnitTimelines(before, timelines)


def plan_days(tx: Transaction, agency: Agency, days: Iterable[date]) -> None:
    """Schedule what is known ahead: one timer for each day to come, whatever units change on it."""
    today = agency.today(tx.now)
    for day in sorted({one for one in days if one > today}):
        timers.schedule(tx, TIMER, day.isoformat(), agency.start_of(day))


def install_named_leaders(tx: Transaction, today: date, *, by: UUID | None) -> int:
    """Set the leaders whose numbers a file of units named before the people were known; return how many still wait."""
    found = org_units.named_leaders(tx)
    changed = [replace(unit, leader_id=leader) for unit, leader in found if leader and leader != unit.leader_id]
    publish_units(tx, changed, effective_from=today, by=by, source=Source.IMPORT)
    return sum(leader is None for _, leader in found)


def require_known(tx: Transaction, *, parent_id: UUID | None, leader_id: UUID | None) -> None:
    """Raise InvalidInput for a parent or a leader who is unknown in this agency."""
    errors = []
    if parent_id and org_units.find_unit(tx, parent_id) is None:
        errors.append(FieldError("parent_id", "unit_unknown", parent_id, "Pilih unit yang ada di instansi ini."))
    if leader_id and not employees.exists(tx, leader_id):
        errors.append(FieldError("leader_id", "employee_unknown", leader_id, "Pilih pegawai instansi ini."))
    if errors:
        raise InvalidInput(errors=errors)
