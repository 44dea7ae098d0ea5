"""Who is employed, as personnel's events tell it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.unit_of_work import Transaction
from service_name.persistence import models


def save_status(tx: Transaction, employee_id: UUID, status: str) -> None:
    row = insert(models.Employee).values(employee_id=employee_id, agency_id=tx.agency_id, status=status)
    tx.session.execute(row.on_conflict_do_update(index_elements=["employee_id"], set_={"status": status}))


def status_of(tx: Transaction, employee_id: UUID) -> str | None:
    """Return a person's status, or None when no event has brought them yet."""
    return tx.session.scalar(select(models.Employee.status).where(models.Employee.employee_id == employee_id))
