"""Publish a first timeline of every unit that has none: units recorded by a release that published none."""

from dataclasses import replace

from chassis import outbox
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.events import OrgUnitTimelineChanged
from personnel.persistence.org_units import save_units
from personnel.persistence.unit_records import lock_without_timeline, timelines_of

JOB = "publish_unit_timelines"
CHUNK = 1000


def publish_all_units_step(tx: Transaction, _job: Job) -> Step:
    """Publish the next units; whatever has a timeline by now is left out, so that nothing is published twice."""
    found = [
        replace(unit, timeline_version=1, version=unit.version + 1) for unit in lock_without_timeline(tx, limit=CHUNK)
    ]
    save_units(tx, found)
    timelines = timelines_of(tx, [unit.id for unit in found])
    for unit in found:
        timeline = timelines[unit.id]
        outbox.record(tx, OrgUnitTimelineChanged.of(unit, timeline, timeline[0].first_day))
    return Step(finished=len(found) < CHUNK, processed=len(found))
