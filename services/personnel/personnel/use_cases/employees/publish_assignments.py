"""Publish where people now stand: one AssignmentChanged for each person whose assignment changed.

A superior's move changes the reviewer of everybody below, so theirs are published too.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from chassis import outbox
from chassis.unit_of_work import Transaction
from personnel.events import AssignmentChanged
from personnel.persistence.employees import lock_marked, save_published


def publish_assignments(
    tx: Transaction, *, only: Sequence[UUID] | None = None, after: UUID | None = None, limit: int | None = None
) -> list[UUID]:
    """Record the events of those who are marked and clear their marks; return whose were published, by id."""
    published = []
    for employee, reviewer_id in lock_marked(tx, only=only, after=after, limit=limit):
        assert employee.announce_from is not None
        current = replace(
            employee,
            reviewer_id=reviewer_id,
            effective_from=employee.announce_from,
            announce_from=None,
            assignment_version=employee.assignment_version + 1,
            revision=employee.revision + 1,
        )
        outbox.record(tx, AssignmentChanged.of(current))
        published.append(current)
    save_published(tx, published)
    return [employee.id for employee in published]
