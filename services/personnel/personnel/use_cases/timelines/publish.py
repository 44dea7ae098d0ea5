"""Publish timelines that differ from what was published last, and no others."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis import outbox
from chassis.unit_of_work import Transaction
from personnel.domain.records import Cause
from personnel.domain.timeline import next_published, stretches
from personnel.events import EmployeeTimelineChanged
from personnel.persistence.records import records_of_many
from personnel.persistence.timelines import published_timelines, save_timelines, service_starts


def publish_timelines(tx: Transaction, employee_ids: Sequence[UUID], cause: Cause) -> dict[UUID, date]:
    """Record the event of each of these people whose timeline differs; return the first day that differs, by id.

    The people are locked by the caller. A constant number of statements, however many they are.
    """
    records, before = records_of_many(tx, employee_ids), published_timelines(tx, employee_ids)
    found = [
        next_published(before.get(one), one, service_start, stretches(records[one]))
        for one, service_start in service_starts(tx, employee_ids).items()
    ]
    changed = [one for one in found if one is not None]
    save_timelines(tx, [timeline for timeline, _ in changed])
    for timeline, day in changed:
        outbox.record(tx, EmployeeTimelineChanged.of(timeline, day, cause))
    return {timeline.employee_id: day for timeline, day in changed}
