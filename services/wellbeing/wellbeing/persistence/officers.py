"""The officers whom an alarm can reach: roles are identity's, so wellbeing knows those who have come to it."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.unit_of_work import Transaction
from wellbeing.persistence import models


def note_officer(tx: Transaction, employee_id: UUID, day: date) -> None:
    """Keep on which day an officer was last here."""
    row = models.Officer
    statement = insert(row).values(agency_id=tx.agency_id, employee_id=employee_id, seen_on=day)
    changed = statement.on_conflict_do_update(
        index_elements=["agency_id", "employee_id"], set_={"seen_on": day}, where=row.seen_on < day
    )
    tx.session.execute(changed)


def officers_since(tx: Transaction, day: date) -> list[UUID]:
    """Return the officers who have been here since a day."""
    row = models.Officer
    return list(tx.session.scalars(select(row.employee_id).where(row.seen_on >= day).order_by(row.employee_id)))
