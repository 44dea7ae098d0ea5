"""Tell the others where people now stand: one AssignmentChanged for each person whose assignment changed.

A superior's move changes the reviewer of everybody below him, so they are told too.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import aliased

from chassis import outbox
from chassis.unit_of_work import Transaction
from personnel.events import AssignmentChanged
from personnel.persistence.bulk import update_many
from personnel.persistence.models import Employee

_MARK_SUBORDINATES = text(
    "UPDATE employee e SET announce_from = greatest(s.superior_since, e.superior_since) "
    "FROM employee s WHERE s.id = e.superior_id AND s.id = ANY(:superiors) "
    "AND e.announce_from IS NULL AND e.reviewer_id IS DISTINCT FROM s.superior_id RETURNING e.id"
)


def mark_subordinates(tx: Transaction, superiors: Sequence[UUID]) -> list[UUID]:
    """Mark those whose reviewer has changed because their superior has another superior now."""
    tx.session.flush()
    return list(tx.session.execute(_MARK_SUBORDINATES, {"superiors": list(superiors)}).scalars())


def announce(
    tx: Transaction,
    *,
    only: Sequence[UUID] | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> list[UUID]:
    """Record the facts of those who are marked, and remember what was said; gives who was told of, by id."""
    tx.session.flush()
    superior = aliased(Employee)
    query = (
        select(Employee, superior.superior_id)
        .outerjoin(superior, superior.id == Employee.superior_id)
        .where(Employee.announce_from.is_not(None))
        .order_by(Employee.id)
        .limit(limit)
        .with_for_update(of=Employee)
        .execution_options(populate_existing=True)
    )
    if after is not None:
        query = query.where(Employee.id > after)
    if only is not None:
        query = query.where(Employee.id.in_(only))
    changes: list[dict[str, Any]] = []
    for employee, reviewer_id in tx.session.execute(query).all():
        assert employee.announce_from is not None
        version = employee.assignment_version + 1
        outbox.record(tx, _fact(employee, reviewer_id, version))
        changes.append(
            {
                "id": employee.id,
                "reviewer_id": reviewer_id,
                "effective_from": employee.announce_from,
                "announce_from": None,
                "assignment_version": version,
                "revision": employee.revision + 1,
                "updated_at": tx.now,
            }
        )
    update_many(tx.session, Employee, "id", changes)
    tx.session.expire_all()
    return [change["id"] for change in changes]


def _fact(employee: Employee, reviewer_id: UUID | None, version: int) -> AssignmentChanged:
    assert employee.announce_from is not None
    return AssignmentChanged(
        employee_id=employee.id,
        unit_id=employee.unit_id,
        position_code=employee.position_code,
        position_kind=employee.position_kind,
        position_level=employee.position_level,
        job_class=employee.job_class,
        appraiser_id=employee.superior_id,
        reviewer_id=reviewer_id,
        effective_from=employee.announce_from,
        version=version,
    )
