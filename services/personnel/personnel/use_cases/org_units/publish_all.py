"""Publish the timelines of units that a process of the former release has recorded, which published none."""

from dataclasses import dataclass
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.records import Cause
from personnel.domain.unit_timeline import stretches
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import lock_some_units
from personnel.persistence.unit_records import timelines_of, unit_records
from personnel.use_cases.org_units.publish import publish_timelines

JOB = "publish_unit_timelines"
CHUNK = 1000


@dataclass(frozen=True)
class Progress:
    """The cursor: the unit looked at last."""

    after: UUID | None = None


def publish_all_units_step(tx: Transaction, job: Job) -> Step:
    """Publish those of the next units whose timeline is new or differs from their records."""
    lock_reporting_lines(tx)
    units = lock_some_units(tx, after=job.cursor_as(Progress).after, limit=CHUNK)
    ids = [unit.id for unit in units]
    records, saved = unit_records(tx, ids), timelines_of(tx, ids)
    timelines = {one: stretches(records[one]) for one in ids}
    changed = [unit for unit in units if unit.timeline_version == 0 or timelines[unit.id] != saved[unit.id]]
    publish_timelines(tx, changed, {unit.id: timelines[unit.id] for unit in changed}, Cause.CHANGE)
    cursor = Progress(ids[-1] if ids else None)
    return Step(finished=len(units) < CHUNK, processed=len(changed), cursor=cursor)
