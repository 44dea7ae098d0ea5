"""Who is employed, as personnel's events tell it."""

from uuid import UUID

from sqlalchemy import select

from chassis.unit_of_work import Transaction
from service_name.persistence import models


def status_of(tx: Transaction, employee_id: UUID) -> str | None:
    """Return a person's status, or None when no event has brought them yet."""
    return tx.session.scalar(select(models.Employee.status).where(models.Employee.employee_id == employee_id))
