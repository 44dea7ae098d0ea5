"""A day has come from which something known ahead holds: bring the units to the state of the day."""

from dataclasses import replace

from chassis.unit_of_work import Transaction
from personnel.domain.unit_timeline import state_today
from personnel.persistence.agencies import today
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import find_units, save_units
from personnel.persistence.unit_records import timelines_of, units_out_of_date


def apply_units_day(tx: Transaction) -> int:
    """Apply what holds today to every unit; return how many units changed."""
    lock_reporting_lines(tx)
    day = today(tx)
    ids = units_out_of_date(tx, day)
    units, timelines = find_units(tx, ids), timelines_of(tx, ids)
    changed = [
        replace(unit.with_state(state_today(timelines[unit.id], day)), version=unit.version + 1)
        for unit in units.values()
    ]
    save_units(tx, changed)
    return len(changed)
