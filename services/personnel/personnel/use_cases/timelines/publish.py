"""Publish timelines that differ from what was published last, and no others."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis import outbox
from chassis.unit_of_work import Transaction
from personnel.domain.records import Cause
from personnel.domain.timeline import next_published, stretches
from personnel.events import EmployeeTimelineChanged, changes_of
from personnel.persistence.records import records_of_many
from personnel.persistence.timelines import published_timelines, save_timelines, service_starts


def publish_timelines(tx: Transaction, employee_ids: Sequence[UUID], cause: Cause) -> dict[UUID, date]:
    """Record the events of each of these people whose timeline differs; return the first day that differs, by id.

    The people are locked by the caller. A constant number of statements, however many they are.
    """
    records, before = records_of_many(tx, employee_ids), published_timelines(tx, employee_ids)
    found = [
        next_published(before.get(one), one, service_start, stretches(records[one]), cause)
        for one, service_start in service_starts(tx, employee_ids).items()
    ]
    changed = [one for one in found if one is not None]
    save_timelines(tx, [one.timeline for one in changed])
    for one in changed:
        for event in (EmployeeTimelineChanged.of(one), *changes_of(one)):
            outbox.record(tx, event)
    return {one.timeline.employee_id: one.changed_from for one in changed}
